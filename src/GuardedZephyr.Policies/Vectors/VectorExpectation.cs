namespace GuardedZephyr.Policies;

/// <summary>What must become of a text; what is null is not looked at.</summary>
public sealed record VectorExpectation
{
    public Outcome? Outcome { get; init; }

    /// <summary>The text that passes.</summary>
    public string? Text { get; init; }

    /// <summary>All enforced rules that match, in any order.</summary>
    public IReadOnlyList<string>? Rules { get; init; }

    /// <summary>All shadow rules that match, in any order.</summary>
    public IReadOnlyList<string>? ShadowRules { get; init; }

    /// <summary>Key of the text that answers.</summary>
    public string? Response { get; init; }

    /// <summary>All entities of which a rule matched a finding, in any order; a classifier's labels are none.</summary>
    public IReadOnlyList<string>? Entities { get; init; }
}
