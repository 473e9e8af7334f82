using System.Threading.RateLimiting;
using Polly;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Runs work that may ignore its token, such as a native call, on the thread pool. Who waits does so for a time; work that goes on after that is
/// abandoned, told to stop, and keeps its place until it has really ended. Thread-safe.
/// </summary>
internal sealed class Bulkhead : IDisposable
{
    private readonly ConcurrencyLimiter _places;
    private readonly ResiliencePipeline _limited;
    private readonly TimeProvider _time;
    private readonly int _concurrent;
    private readonly TaskCompletionSource _ended = new();
    private int _users = 1;
    private int _disposed;

    public Bulkhead(int concurrent, int queue, TimeProvider time)
    {
        _concurrent = concurrent;
        _time = time;
        _places = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = concurrent, QueueLimit = queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
        _limited = new ResiliencePipelineBuilder { TimeProvider = time }.AddRateLimiter(_places).Build();
    }

    /// <summary>Places that are taken, also by abandoned work.</summary>
    public int Running => _concurrent - (int)_places.GetStatistics()!.CurrentAvailablePermits;

    public int Waiting => (int)_places.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Completes when this is disposed and all work has ended: what the work uses may go then.</summary>
    public Task Ended => _ended.Task;

    /// <param name="patience">For the work and for the wait for a place.</param>
    /// <exception cref="TimeoutException">The work is abandoned.</exception>
    /// <exception cref="Polly.RateLimiting.RateLimiterRejectedException">All places are taken, and all in the queue.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> work, TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Neither linked nor timed, so it need not be disposed: abandoned work may look at its token at any time.
        var stop = new CancellationTokenSource();
        Task<T> running = EnterAsync(work, stop.Token);
        try
        {
            return await running.WaitAsync(patience, _time, cancellationToken);
        }
        catch
        {
            // Not here: what the work does when it is told to stop may take its time.
            _ = stop.CancelAsync();
            _ = running.ContinueWith(static abandoned => _ = abandoned.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Waits for nothing: see <see cref="Ended"/>.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Leave();
        }
    }

    private async Task<T> EnterAsync<T>(Func<CancellationToken, ValueTask<T>> work, CancellationToken stop)
    {
        Interlocked.Increment(ref _users);
        try
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) == 1, this);
            return await _limited.ExecuteAsync(static (work, token) => new ValueTask<T>(Task.Run(() => work(token).AsTask(), token)), work, stop);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0 && _ended.TrySetResult())
        {
            _places.Dispose();
        }
    }
}
