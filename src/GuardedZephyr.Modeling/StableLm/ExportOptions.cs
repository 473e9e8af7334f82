namespace GuardedZephyr.Modeling.StableLm;

/// <summary>What <see cref="StableLmExporter"/> makes. A precision alone converts to options for the CPU.</summary>
public sealed record ExportOptions
{
    public ExportPrecision Precision { get; init; } = ExportPrecision.Int4;

    public ExportTarget Target { get; init; }

    /// <summary>Weights that share a scale, for int4 and int8: 32, 64 or 128. Larger is faster and coarser.</summary>
    public int BlockSize { get; init; } = 32;

    /// <summary>Search the scale of least squared error for each block; slower, and a little more exact.</summary>
    public bool SearchScales { get; init; }

    /// <summary>
    /// How MatMulNBits computes: 4 quantises activations to int8 (twice as fast on the CPU), 0 keeps them. Null: 4 on the CPU, 0 elsewhere.
    /// </summary>
    public int? AccuracyLevel { get; init; }

    /// <summary>Why there is no such model, and what to choose; null if it can be made.</summary>
    public string? Problem => this switch
    {
        { BlockSize: not (32 or 64 or 128) } => $"A block has 32, 64 or 128 weights, not {BlockSize}.",
        { IsHalf: true, Precision: ExportPrecision.Fp32 } => "Attention on GPUs takes float16, so there is no fp32 model for them; export fp16 or int4.",
        { Target: ExportTarget.DirectMl, Precision: ExportPrecision.Int8 } => "DirectML multiplies by int4 weights but not by int8 ones; export fp16 or int4.",
        _ => null,
    };

    internal bool IsHalf => Target != ExportTarget.Cpu;

    internal bool IsQuantized => Precision is ExportPrecision.Int4 or ExportPrecision.Int8;

    public static implicit operator ExportOptions(ExportPrecision precision) => FromExportPrecision(precision);

    public static ExportOptions FromExportPrecision(ExportPrecision precision) => new() { Precision = precision };
}
