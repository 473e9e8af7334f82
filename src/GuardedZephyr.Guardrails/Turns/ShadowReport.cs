using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>What a turn, or a text, would have come to if the shadow rules that matched were enforced.</summary>
/// <param name="Rules">Ids of these rules, each once.</param>
/// <param name="Outcome">The most severe of the texts that were judged; a text that would have been blocked may have been followed by others.</param>
public sealed record ShadowReport(Outcome Outcome, RuleAction Action, IReadOnlyList<string> Rules);
