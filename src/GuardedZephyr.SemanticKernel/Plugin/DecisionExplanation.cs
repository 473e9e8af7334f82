namespace GuardedZephyr.SemanticKernel;

/// <summary>What <c>explain_decision</c> answers: why the guard lets a text pass, changes it or blocks it. Holds no text.</summary>
public sealed record DecisionExplanation
{
    /// <summary>The reason in a sentence.</summary>
    public required string Summary { get; init; }

    public required string Outcome { get; init; }

    public required string Action { get; init; }

    public required string Direction { get; init; }

    /// <summary>Name and version.</summary>
    public required string Policy { get; init; }

    public required string PolicySha256 { get; init; }

    /// <summary>Ids of the rules that decided.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Ids of the rules that would have, were they not in shadow mode.</summary>
    public required IReadOnlyList<string> ShadowRules { get; init; }

    /// <summary>What rules took, by offset.</summary>
    public required IReadOnlyList<ExplainedFinding> Findings { get; init; }

    /// <summary>Categories that were seen, and that no rule took: by score, the highest first.</summary>
    public required IReadOnlyList<ExplainedScore> NotTaken { get; init; }

    /// <summary>What the harm classifier saw, by how the text was read: empty without one.</summary>
    public required IReadOnlyList<ExplainedReading> Readings { get; init; }

    /// <summary>What looked like personal data and was dropped.</summary>
    public required IReadOnlyList<DroppedMatch> Dropped { get; init; }

    public required IReadOnlyList<string> FailedDetectors { get; init; }

    /// <summary>Detectors that this policy does not use.</summary>
    public required IReadOnlyList<string> UnusedDetectors { get; init; }

    /// <summary>Entities that the packs know and no rule asks for.</summary>
    public required IReadOnlyList<string> NotLookedFor { get; init; }
}

/// <summary>What a detector found.</summary>
/// <param name="Start">In UTF-16 code units of the text.</param>
/// <param name="Surface"><c>plain</c>: as it stands; <c>folded</c>: behind look-alike or invisible characters.</param>
public sealed record ExplainedFinding(string Category, int Start, int Length, double Score, string Detector, string Surface, IReadOnlyList<ExplainedRule> Rules);

/// <summary>The highest score of a category.</summary>
public sealed record ExplainedScore(string Category, double Score, IReadOnlyList<ExplainedRule> Rules);

/// <summary>A way to read the text, and the label that scored highest in it.</summary>
/// <param name="Surface"><c>plain</c>, or how what was read is hidden, such as <c>base64</c> or <c>leetspeak</c>.</param>
/// <param name="Start">Where it stands, in UTF-16 code units of the text.</param>
public sealed record ExplainedReading(string Surface, int Start, int Length, string Label, double Score);

/// <summary>How a rule stands to what was found.</summary>
/// <param name="Threshold">The least score that it asks for.</param>
/// <param name="Takes">Whether the rule takes it.</param>
/// <param name="Reason">Why not; null when it does.</param>
public sealed record ExplainedRule(string Id, string Action, double Threshold, bool IsShadow, bool Takes, string? Reason);

/// <param name="Reason">As <see cref="Policies.PiiRejection"/> names it.</param>
public sealed record DroppedMatch(string Category, int Start, int Length, string Reason);
