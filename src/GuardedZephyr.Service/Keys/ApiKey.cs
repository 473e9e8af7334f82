using GuardedZephyr.Guardrails;

namespace GuardedZephyr.Service;

/// <summary>Who may use the service, and by which policy.</summary>
/// <param name="Name">Of the configuration; for people.</param>
internal sealed record ApiKey(string Name, ApiKeyHash Hash, string Policy);
