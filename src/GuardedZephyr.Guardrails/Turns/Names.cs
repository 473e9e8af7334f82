namespace GuardedZephyr.Guardrails;

/// <summary>The words that enumeration values have in the audit log, in JSON and on the command line.</summary>
public static class Names
{
    public const string Aborted = "aborted";

    /// <summary>The action on a segment of a reply that was blocked, thrown away and written anew.</summary>
    public const string Retry = "retry";

    public static string Of(Enum value) => value.ToString().ToLowerInvariant();
}
