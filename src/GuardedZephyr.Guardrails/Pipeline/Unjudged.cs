using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>Judgements on what no detector can be asked about. They do not pass, whatever the policy's <c>on-fault</c> says: nothing was judged.</summary>
internal static class Unjudged
{
    /// <summary>Content that is not text.</summary>
    public static Judgement NotText { get; } = By("content-type");

    /// <summary>A reply that cannot be judged within <see cref="GateOptions.MaxHold"/>.</summary>
    public static Judgement HeldTooLong { get; } = By("gate");

    private static Judgement By(string failed) => new(
        new Verdict
        {
            Outcome = Outcome.Unjudged,
            Action = RuleAction.Block,
            Rules = [],
            Findings = [],
            FailedDetectors = [failed],
        },
        EnforcedText: null);
}
