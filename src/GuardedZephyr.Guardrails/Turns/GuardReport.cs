using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// What the guard did in one turn. It is in <c>AdditionalProperties</c> of the response, or of the last update of a stream, under <see cref="Key"/>.
/// </summary>
public sealed record GuardReport
{
    /// <summary>The key in <c>AdditionalProperties</c>.</summary>
    public const string Key = "guardedzephyr.guard";

    /// <summary>The turn's id in the audit log.</summary>
    public required string Turn { get; init; }

    /// <summary>The most severe outcome of the turn's texts.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The most severe action of the turn's texts.</summary>
    public required RuleAction Action { get; init; }

    /// <summary>Ids of the enforced rules that matched, each once.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The part of the turn in which a text did not pass; null when the whole turn passed.</summary>
    public TurnPart? BlockedAt { get; init; }

    public IReadOnlyList<GuardReportFinding> Findings { get; init; } = [];

    public IReadOnlyList<string> FailedDetectors { get; init; } = [];

    /// <summary>Those that were not asked about some text, because what others found in it blocks it whatever they say.</summary>
    public IReadOnlyList<string> SkippedDetectors { get; init; } = [];

    /// <summary>Segments of the reply that were blocked, thrown away and written anew; the audit log has their findings, this report has not.</summary>
    public int Retries { get; init; }

    /// <summary>What shadow rules would have made of the turn; null when none matched.</summary>
    public ShadowReport? Shadow { get; init; }

    public required PolicyIdentity Policy { get; init; }

    /// <summary>Time spent judging and recording, not in the model.</summary>
    public required TimeSpan GuardTime { get; init; }
}
