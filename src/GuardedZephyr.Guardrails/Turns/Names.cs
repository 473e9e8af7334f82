namespace GuardedZephyr.Guardrails;

/// <summary>The words that enumeration values have in the audit log, in JSON and on the command line.</summary>
public static class Names
{
    public const string Aborted = "aborted";

    public static string Of(Enum value) => value.ToString().ToLowerInvariant();
}
