using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Service;

/// <summary>What stands behind the endpoints.</summary>
internal sealed record Serving
{
    /// <summary>The guarded model.</summary>
    public required IChatClient Client { get; init; }

    public required string ModelId { get; init; }

    public required PolicyIdentity Policy { get; init; }

    public required string AuditPath { get; init; }

    public required Func<bool> IsWarm { get; init; }

    /// <summary>Throws <see cref="Audit.AuditUnavailableException"/> when decisions cannot be recorded now.</summary>
    public required Func<CancellationToken, ValueTask> CheckAuditAsync { get; init; }
}
