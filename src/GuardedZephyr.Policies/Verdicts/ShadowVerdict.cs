namespace GuardedZephyr.Policies;

/// <summary>What a verdict would be if the shadow rules that matched were enforced with the others.</summary>
public sealed record ShadowVerdict(Outcome Outcome, RuleAction Action);
