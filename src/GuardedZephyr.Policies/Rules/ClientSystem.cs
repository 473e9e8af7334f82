namespace GuardedZephyr.Policies;

/// <summary>What becomes of a system message that a client sends.</summary>
public enum ClientSystem
{
    /// <summary>It is judged as any other text.</summary>
    Judge,

    /// <summary>Its writers are trusted: it goes on as it is, and what is found in it is recorded alone.</summary>
    Allow,

    /// <summary>It stops the request.</summary>
    Forbid,
}
