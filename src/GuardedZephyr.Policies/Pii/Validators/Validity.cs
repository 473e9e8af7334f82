namespace GuardedZephyr.Policies;

/// <summary>What a validator makes of a candidate.</summary>
public enum Validity
{
    /// <summary>The score stays what the pattern gave.</summary>
    Undecided,

    /// <summary>The candidate is dropped.</summary>
    Invalid,

    /// <summary>The score is lifted to 1.</summary>
    Valid,
}
