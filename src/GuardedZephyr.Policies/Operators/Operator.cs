namespace GuardedZephyr.Policies;

/// <summary>What is put in the place of a finding.</summary>
/// <param name="Action">One that changes the text.</param>
/// <param name="KeepLast">Letters and digits that a mask leaves; 0 for the other actions.</param>
internal readonly record struct Operator(RuleAction Action, int KeepLast = 0)
{
    public static Operator Redact { get; } = new(RuleAction.Redact);

    /// <summary>The one that hides more; of two masks the one that leaves less.</summary>
    public static Operator MoreSevere(Operator one, Operator other) => (other.Action, -other.KeepLast).CompareTo((one.Action, -one.KeepLast)) > 0 ? other : one;
}
