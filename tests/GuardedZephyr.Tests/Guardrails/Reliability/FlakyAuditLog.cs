using System.Collections.Concurrent;
using GuardedZephyr.Audit;

namespace GuardedZephyr.Tests.Guardrails.Reliability;

/// <summary>Remembers of each turn how much of its reply is recorded as passed, and how many texts of its request; with faults.</summary>
internal sealed class FlakyAuditLog(Faults? faults = null) : IAuditLog
{
    private readonly ConcurrentDictionary<string, (int Request, int ReplyEnd)> _recorded = [];

    public (int Request, int ReplyEnd) Of(string turn) => _recorded.GetValueOrDefault(turn);

    public void Forget(string turn) => _recorded.TryRemove(turn, out _);

    public async ValueTask AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        if (faults is not null)
        {
            await faults.RunAsync(_ => ValueTask.FromResult(true));
        }

        foreach (AuditRecord record in records)
        {
            bool passed = record.Outcome is "allowed" or "modified";
            _recorded.AddOrUpdate(record.Turn, _ => Count((0, 0), record, passed), (_, count) => Count(count, record, passed));
        }
    }

    /// <summary>The scripts' requests hold no assistant messages, so what goes out is the reply.</summary>
    private static (int Request, int ReplyEnd) Count((int Request, int ReplyEnd) count, AuditRecord record, bool passed) =>
        !passed ? count
        : record.Direction == "output" ? (count.Request, Math.Max(count.ReplyEnd, record.TextStart + record.TextLength))
        : (count.Request + 1, count.ReplyEnd);
}
