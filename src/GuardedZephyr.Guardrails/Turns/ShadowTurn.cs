using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>Sums up what shadow rules would have made of some texts.</summary>
public sealed class ShadowTurn
{
    private readonly List<string> _rules = [];
    private Outcome _outcome;
    private RuleAction _action;

    /// <summary>Null when no shadow rule has matched.</summary>
    public ShadowReport? Report => _rules.Count == 0 ? null : new ShadowReport(_outcome, _action, [.. _rules]);

    public void Add(Verdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ShadowVerdict wouldBe = verdict.Shadow ?? new ShadowVerdict(verdict.Outcome, verdict.Action);
        _outcome = (Outcome)Math.Max((int)_outcome, (int)wouldBe.Outcome);
        _action = (RuleAction)Math.Max((int)_action, (int)wouldBe.Action);
        _rules.AddRange(verdict.ShadowRules.Except(_rules));
    }
}
