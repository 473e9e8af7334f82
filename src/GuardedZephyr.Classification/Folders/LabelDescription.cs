namespace GuardedZephyr.Classification;

/// <summary>One output of the model, in the order of its outputs.</summary>
internal sealed record LabelDescription
{
    public required string Name { get; init; }

    public required string Meaning { get; init; }

    /// <summary>The score from which the label counts as found when a policy says nothing else.</summary>
    public required double Threshold { get; init; }
}
