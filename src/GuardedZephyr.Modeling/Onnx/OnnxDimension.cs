namespace GuardedZephyr.Modeling.Onnx;

/// <summary>One dimension of an input or output: a size, or a name for what the caller decides at run time.</summary>
public readonly record struct OnnxDimension
{
    private OnnxDimension(long? size, string? symbol) => (Size, Symbol) = (size, symbol);

    public long? Size { get; }

    public string? Symbol { get; }

    public static implicit operator OnnxDimension(long size) => new(size, null);

    public static implicit operator OnnxDimension(string symbol) => new(null, symbol);
}
