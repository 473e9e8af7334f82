using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>A verdict and what may pass because of it.</summary>
/// <param name="EnforcedText">The text with redactions applied; null when the verdict lets nothing pass.</param>
public sealed record Judgement(Verdict Verdict, string? EnforcedText);
