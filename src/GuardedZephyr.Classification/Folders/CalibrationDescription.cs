namespace GuardedZephyr.Classification;

/// <summary>What a score means. The slope and the shift of each label are part of the model's last layer; they are told here, not applied.</summary>
internal sealed record CalibrationDescription
{
    public required string Method { get; init; }

    /// <summary>For each label the share of harmless development prompts that a score of 0.5 lets it take.</summary>
    public required IReadOnlyList<double> FalsePositiveRatesAtHalf { get; init; }

    public required IReadOnlyList<double> Slopes { get; init; }

    public required IReadOnlyList<double> Shifts { get; init; }
}
