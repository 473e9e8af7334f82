namespace GuardedZephyr.Policies;

public static class RuleActionExtensions
{
    /// <summary>Whether the action puts something else in the place of what was found, and lets the rest of the text pass.</summary>
    public static bool ChangesText(this RuleAction action) => action is >= RuleAction.Pseudonymise and <= RuleAction.Redact;
}
