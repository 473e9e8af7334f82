namespace GuardedZephyr.Classification;

/// <summary>One output of the model, in the order of its outputs.</summary>
internal sealed record LabelDescription
{
    public required string Name { get; init; }

    public required string Meaning { get; init; }

    /// <summary>The score from which the label counts as found when a policy says nothing else.</summary>
    public required double Threshold { get; init; }

    /// <summary>Share of harmless development prompts at or over the threshold.</summary>
    public required double FalsePositiveRate { get; init; }

    /// <summary>Share of held-out texts with this label at or over the threshold.</summary>
    public required double Recall { get; init; }
}
