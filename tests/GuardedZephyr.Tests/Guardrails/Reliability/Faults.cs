using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Guardrails.Reliability;

/// <summary>Draws what goes wrong, and holds what hangs until it is let go. Thread-safe.</summary>
internal sealed class Faults(int seed, TimeProvider time)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double _rate;
    private int _callsUntilCancel;
    private CancellationTokenSource? _client;
    private int _running;

    /// <summary>Calls of detectors and of the log that have begun and not ended.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <param name="rate">Share of calls that go wrong.</param>
    /// <param name="client">Cancelled within the next calls when not null.</param>
    public void Begin(double rate, CancellationTokenSource? client)
    {
        lock (_lock)
        {
            _rate = rate;
            _client = client;
            _callsUntilCancel = _random.Next(12);
        }
    }

    public void LetGo()
    {
        lock (_lock)
        {
            _hanging.SetResult();
            _hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Runs a call that may throw at once or later, hang whatever its token says, or take its time.</summary>
    public async ValueTask<T> RunAsync<T>(Func<FaultKind, ValueTask<T>> call)
    {
        (FaultKind kind, Task hanging, TimeSpan wait, CancellationTokenSource? leaves) = Draw();
        Interlocked.Increment(ref _running);
        try
        {
            leaves?.Cancel();
            switch (kind)
            {
                case FaultKind.Throws:
                    throw new InvalidOperationException("fault");
                case FaultKind.ThrowsCancelled:
                    throw new OperationCanceledException("fault");
                case FaultKind.CannotJudge:
                    throw new DetectionException("fault");
                case FaultKind.ThrowsLater:
                    await Task.Yield();
                    throw new TimeoutException("fault");
                case FaultKind.Hangs:
                    await hanging;
                    break;
                case FaultKind.Slow:
                    await Task.Delay(wait, time);
                    break;
            }

            return await call(kind);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private (FaultKind Kind, Task Hanging, TimeSpan Wait, CancellationTokenSource? Leaves) Draw()
    {
        lock (_lock)
        {
            FaultKind kind = _random.NextDouble() < _rate ? (FaultKind)_random.Next(1, Enum.GetValues<FaultKind>().Length) : FaultKind.None;
            CancellationTokenSource? leaves = _client is not null && _callsUntilCancel-- == 0 ? _client : null;
            return (kind, _hanging.Task, TimeSpan.FromMilliseconds(_random.Next(1, 3_000)), leaves);
        }
    }
}
