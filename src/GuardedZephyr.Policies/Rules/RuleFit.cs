namespace GuardedZephyr.Policies;

/// <summary>How a rule that names a finding's category stands to the finding.</summary>
/// <param name="MinScore">The least score that the rule asks for.</param>
/// <param name="IsShadow">The rule records and changes nothing.</param>
/// <param name="Miss">Why the rule does not take the finding; null when it does.</param>
public sealed record RuleFit(string RuleId, RuleAction Action, double MinScore, bool IsShadow, RuleMiss? Miss);

/// <summary>Why a rule does not take a finding of a category that it names.</summary>
public enum RuleMiss
{
    ScoreTooLow,

    /// <summary>The rule is for texts that travel another way.</summary>
    OtherDirection,
}
