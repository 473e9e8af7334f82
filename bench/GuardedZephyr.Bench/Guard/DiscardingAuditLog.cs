using GuardedZephyr.Audit;

namespace GuardedZephyr.Bench;

/// <summary>Takes records and keeps none: for the guard's own work without the disk's.</summary>
internal sealed class DiscardingAuditLog : IAuditLog
{
    public ValueTask AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
