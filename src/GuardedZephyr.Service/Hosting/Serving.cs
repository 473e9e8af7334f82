using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service;

/// <summary>What stands behind the endpoints.</summary>
internal sealed record Serving
{
    /// <summary>The guarded model under the default policy.</summary>
    public required IChatClient Client { get; init; }

    /// <summary>The guarded model under each policy, by its name.</summary>
    public IReadOnlyDictionary<string, IChatClient> Clients { get; init; } = new Dictionary<string, IChatClient>();

    public required string ModelId { get; init; }

    /// <summary>The policies as they are now, the default one first.</summary>
    public required Func<IReadOnlyList<PolicyStatus>> Policies { get; init; }

    public required string AuditPath { get; init; }

    public required Func<bool> IsWarm { get; init; }

    /// <summary>Throws <see cref="Audit.AuditUnavailableException"/> when decisions cannot be recorded now.</summary>
    public required Func<CancellationToken, ValueTask> CheckAuditAsync { get; init; }
}
