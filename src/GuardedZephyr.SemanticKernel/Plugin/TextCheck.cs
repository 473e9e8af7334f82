using GuardedZephyr.Policies;

namespace GuardedZephyr.SemanticKernel;

/// <summary>What <c>check_text</c> answers.</summary>
/// <param name="Text">The text with what the policy replaces replaced; null when it may not pass.</param>
public sealed record TextCheck(string Outcome, string Action, IReadOnlyList<string> Rules, IReadOnlyList<Finding> Findings, string? Text);
