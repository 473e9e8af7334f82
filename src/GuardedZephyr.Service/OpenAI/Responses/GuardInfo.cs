using System.Text.Json.Serialization;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Service.OpenAI;

/// <summary>What the guard did, beside the standard fields.</summary>
internal sealed record GuardInfo
{
    /// <summary>Id of the turn in the audit log; that of the reply when there is one.</summary>
    public required string Turn { get; init; }

    public required string Outcome { get; init; }

    public required string Action { get; init; }

    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary><c>request</c> or <c>reply</c>; null when the whole turn passed.</summary>
    public required string? BlockedAt { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<string> FailedDetectors { get; init; }

    /// <summary>What rules in shadow mode would have made of the turn; absent when none matched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShadowInfo? Shadow { get; init; }

    public required PolicyInfo Policy { get; init; }

    public required double LatencyMs { get; init; }

    public static GuardInfo From(GuardReport report) => new()
    {
        Turn = report.Turn,
        Outcome = Names.Of(report.Outcome),
        Action = Names.Of(report.Action),
        Rules = report.Rules,
        BlockedAt = report.BlockedAt is { } part ? Names.Of(part) : null,
        Findings = [.. report.Findings.Select(Finding.From)],
        FailedDetectors = report.FailedDetectors,
        Shadow = report.Shadow is { } shadow ? new ShadowInfo(Names.Of(shadow.Outcome), Names.Of(shadow.Action), shadow.Rules) : null,
        Policy = PolicyInfo.From(report.Policy),
        LatencyMs = Math.Round(report.GuardTime.TotalMilliseconds, 3),
    };

    /// <param name="Message">Index of the request's message; null for the reply.</param>
    /// <param name="Start">In UTF-16 code units of that message's text.</param>
    /// <param name="Action">What was done with it.</param>
    /// <param name="Redacted">Something else took its place before the text went on: a placeholder, a mask, a hash or a pseudonym.</param>
    internal sealed record Finding(string Direction, int? Message, string Category, int Start, int Length, double Score, string Action, bool Redacted)
    {
        public static Finding From(GuardReportFinding entry)
        {
            var finding = entry.Finding;
            return new Finding(
                Names.Of(entry.Direction), entry.Message, finding.Category, finding.Start, finding.Length, Math.Round(finding.Score, 4), Names.Of(entry.Action), entry.Action.ChangesText());
        }
    }

    internal sealed record ShadowInfo(string Outcome, string Action, IReadOnlyList<string> Rules);

    internal sealed record PolicyInfo(string Name, int Version, [property: JsonPropertyName("sha256")] string Sha256)
    {
        public static PolicyInfo From(PolicyIdentity policy) => new(policy.Name, policy.Version, policy.Sha256);
    }
}
