namespace GuardedZephyr.Guardrails;

/// <summary>A detector gave findings that cannot be true of the text it was given.</summary>
internal sealed class UnsoundFindingsException() : Exception("Findings outside the text, without category, or with scores outside 0 to 1.");
