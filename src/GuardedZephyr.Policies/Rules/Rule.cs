using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>One rule of a policy: which findings, on which way, and what then.</summary>
internal sealed record Rule
{
    public required string Id { get; init; }

    public required FrozenSet<string> Categories { get; init; }

    /// <summary>Of these one must be found in the same text, or the rule does not match; none is asked for when empty.</summary>
    public FrozenSet<string> With { get; init; } = [];

    public double MinScore { get; init; }

    public FrozenSet<Direction> On { get; init; } = Enum.GetValues<Direction>().ToFrozenSet();

    public required RuleAction Action { get; init; }

    /// <summary>Letters and digits at the end that a mask leaves; of <see cref="RuleAction.Mask"/> alone.</summary>
    public int KeepLast { get; init; }

    /// <summary>Key of the text to answer with; of <see cref="RuleAction.Respond"/> alone.</summary>
    public string? Response { get; init; }

    public RuleMode Mode { get; init; } = RuleMode.Enforce;

    /// <summary>Names of the detectors that find the categories.</summary>
    public FrozenSet<string> Detectors { get; init; } = [];

    /// <summary>What becomes of a text that one of <see cref="Detectors"/> could not judge; the policy's when null.</summary>
    public OnFault? OnFault { get; init; }

    public Operator Operator => new(Action, KeepLast);

    public bool Matches(Direction direction, Finding finding) =>
        On.Contains(direction) && finding.Score >= MinScore && Categories.Contains(finding.Category);

    public bool Matches(Direction direction, IReadOnlyList<Finding> findings) =>
        findings.Any(finding => Matches(direction, finding)) && (With.Count == 0 || findings.Any(finding => With.Contains(finding.Category)));
}
