namespace GuardedZephyr.Policies;

/// <summary>What became of a text, in rising severity.</summary>
public enum Outcome
{
    Allowed,

    /// <summary>Passed with parts replaced.</summary>
    Modified,

    /// <summary>Not passed: a rule says so.</summary>
    Blocked,

    /// <summary>Not passed: a detector failed and <c>on-fault</c>, of the policy or of one of its rules, is <c>block</c>.</summary>
    Unjudged,
}
