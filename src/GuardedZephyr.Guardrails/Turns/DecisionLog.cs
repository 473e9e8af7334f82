using GuardedZephyr.Audit;
using Polly.RateLimiting;

namespace GuardedZephyr.Guardrails;

/// <summary>The audit log behind a bulkhead: a log that hangs counts as one that failed, and does not hold turns for ever.</summary>
/// <param name="patience">For one write.</param>
internal sealed class DecisionLog(IAuditLog log, TimeSpan patience, TimeProvider time) : IDisposable
{
    /// <summary>Writes at the same time: a log that commits in groups is fastest when nobody waits outside.</summary>
    private const int Concurrent = 1024;

    public Bulkhead Bulkhead { get; } = new(Concurrent, queue: Concurrent, time);

    /// <exception cref="AuditUnavailableException">The records may not be written: nothing that rests on them may be released.</exception>
    public async ValueTask AppendAsync(IReadOnlyList<AuditRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            await Bulkhead.RunAsync(
                async token =>
                {
                    await log.AppendAsync(records, token);
                    return true;
                },
                patience,
                cancellationToken);
        }
        catch (Exception exception) when (exception is not AuditUnavailableException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            string why = exception switch
            {
                TimeoutException => $"did not answer within {patience.TotalMilliseconds:0} ms",
                RateLimiterRejectedException => "has too many writes that do not end",
                _ => $"failed with {exception.GetType().Name}",
            };
            throw new AuditUnavailableException($"The audit log {why}.", exception);
        }
    }

    public void Dispose() => Bulkhead.Dispose();
}
