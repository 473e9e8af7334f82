using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>Which edition of a policy judges now, and whether its files ask for another that cannot be used.</summary>
/// <param name="Name">As requests and keys name it.</param>
/// <param name="Fault">Null when the files are what judges.</param>
public sealed record PolicyStatus(string Name, PolicyIdentity Policy, DateTimeOffset LoadedAt, PolicyFault? Fault);

/// <summary>Files of a policy have changed and cannot be used; the last good edition judges.</summary>
/// <param name="Errors">One line each, with file, line and rule; no user text.</param>
public sealed record PolicyFault(DateTimeOffset Since, IReadOnlyList<string> Errors);
