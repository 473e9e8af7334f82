namespace GuardedZephyr.Policies;

internal enum RuleMode
{
    Enforce,

    /// <summary>The match is recorded and changes nothing.</summary>
    Shadow,
}
