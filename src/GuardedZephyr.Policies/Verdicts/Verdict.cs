namespace GuardedZephyr.Policies;

/// <summary>The decision on one text, with what it rests on. Carries no text.</summary>
public sealed record Verdict
{
    public required Outcome Outcome { get; init; }

    /// <summary>The most severe action among <see cref="Rules"/>; <see cref="RuleAction.Block"/> when unjudged.</summary>
    public required RuleAction Action { get; init; }

    /// <summary>Ids of the enforced rules that matched, in the policy's order.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Ids of the shadow rules that matched: recorded, not enforced.</summary>
    public IReadOnlyList<string> ShadowRules { get; init; } = [];

    /// <summary>What the verdict would be if those rules were enforced; null when none matched.</summary>
    public ShadowVerdict? Shadow { get; init; }

    /// <summary>The findings that some rule matched, by offset.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The highest score that any detector gave each category, whether or not a rule matched it.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>();

    /// <summary>Names of the detectors that failed or timed out on this text.</summary>
    public IReadOnlyList<string> FailedDetectors { get; init; } = [];

    /// <summary>Names of the detectors that were not asked, because what others found blocks the text whatever they say.</summary>
    public IReadOnlyList<string> SkippedDetectors { get; init; } = [];

    /// <summary>Key of the human-written answer when <see cref="Action"/> is <see cref="RuleAction.Respond"/>.</summary>
    public string? Response { get; init; }

    /// <summary>Whether text may pass, enforced or as it is.</summary>
    public bool Passes => Outcome is Outcome.Allowed or Outcome.Modified;
}
