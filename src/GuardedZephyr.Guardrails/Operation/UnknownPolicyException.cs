namespace GuardedZephyr.Guardrails;

/// <summary>A policy was asked for by a name that the configuration does not have.</summary>
public sealed class UnknownPolicyException(IEnumerable<string> known) : ArgumentException($"There is no policy of that name; known are {string.Join(", ", known)}.");
