using GuardedZephyr.Audit;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Keeps records in memory; refuses them while <see cref="IsDown"/>.</summary>
internal sealed class RecordingAuditLog : IAuditLog
{
    private readonly List<AuditRecord> _records = [];

    public bool IsDown { get; set; }

    public IReadOnlyList<AuditRecord> Records
    {
        get
        {
            lock (_records)
            {
                return [.. _records];
            }
        }
    }

    public ValueTask AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        if (IsDown)
        {
            throw new AuditUnavailableException("The audit log is down.");
        }

        lock (_records)
        {
            _records.AddRange(records);
        }

        return ValueTask.CompletedTask;
    }
}
