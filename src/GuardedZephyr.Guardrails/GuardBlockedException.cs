namespace GuardedZephyr.Guardrails;

/// <summary>The guard did not let a turn pass. The message names outcome and rules, never text.</summary>
/// <param name="refusal">What the policy says in place of what was blocked.</param>
public sealed class GuardBlockedException(GuardReport report, string refusal) : Exception(
    $"The guard did not let the {(report.BlockedAt == TurnPart.Reply ? "reply" : "request")} pass: outcome {Names.Of(report.Outcome)}, "
    + $"{(report.Rules.Count > 0 ? $"rules {string.Join(", ", report.Rules)}" : $"failed detectors {string.Join(", ", report.FailedDetectors)}")}; turn {report.Turn} in the audit log.")
{
    public GuardReport Report { get; } = report;

    /// <summary>The policy's text for the user.</summary>
    public string Refusal { get; } = refusal;
}
