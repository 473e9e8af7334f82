using GuardedZephyr.Policies;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;

namespace GuardedZephyr.Guardrails;

/// <summary>A slow detector within its limits: a time for each text, a bulkhead, and a circuit breaker that leaves it alone when it fails too often.</summary>
internal sealed class IsolatedDetector : IDisposable
{
    private readonly IDetector _detector;
    private readonly TimeSpan _timeout;
    private readonly ResiliencePipeline<IReadOnlyList<Finding>> _breaker;

    public IsolatedDetector(IDetector detector, DetectorLimits limits, TimeProvider time)
    {
        _detector = detector;
        _timeout = limits.Timeout;
        Bulkhead = new Bulkhead(limits.Concurrent, limits.Queue, time);
        _breaker = new ResiliencePipelineBuilder<IReadOnlyList<Finding>> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<IReadOnlyList<Finding>>
            {
                FailureRatio = limits.BreakerFailureRatio,
                MinimumThroughput = limits.BreakerMinCalls,
                SamplingDuration = limits.BreakerWindow,
                BreakDuration = limits.BreakerPause,
                ShouldHandle = arguments => ValueTask.FromResult(IsFault(arguments.Outcome.Exception, arguments.Context.CancellationToken)),
            })
            .Build();
    }

    public string Name => _detector.Name;

    public int? Reach => _detector.Reach;

    public Bulkhead Bulkhead { get; }

    /// <exception cref="Exception">Any that the detector throws, and those of <see cref="Polly"/> when it is not asked.</exception>
    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, Deadline deadline, CancellationToken cancellationToken) => _breaker.ExecuteAsync(
        static (call, token) => call.Self.AskAsync(call.Text, call.Direction, call.Deadline, token),
        (Self: this, Text: text, Direction: direction, Deadline: deadline),
        cancellationToken);

    public void Dispose() => Bulkhead.Dispose();

    private async ValueTask<IReadOnlyList<Finding>> AskAsync(GuardText text, Direction direction, Deadline deadline, CancellationToken cancellationToken)
    {
        TimeSpan left = deadline.Left;
        if (left == TimeSpan.Zero)
        {
            throw new DeadlinePassedException();
        }

        try
        {
            TimeSpan patience = left < _timeout ? left : _timeout;
            return Soundness.Check(await Bulkhead.RunAsync(token => _detector.DetectAsync(text, direction, token), patience, cancellationToken), text);
        }
        catch (TimeoutException) when (left < _timeout && deadline.HasPassed)
        {
            throw new DeadlinePassedException();
        }
    }

    /// <summary>
    /// What says that the detector is ill. A text that cannot be judged says nothing about others, or anybody could switch a detector off by sending
    /// too long ones; nor does a caller who left, or one who had no time, or too many of them. A cancellation that nobody asked for is a fault.
    /// </summary>
    private static bool IsFault(Exception? exception, CancellationToken caller) => exception switch
    {
        null or DetectionException or DeadlinePassedException or RateLimiterRejectedException or ObjectDisposedException => false,
        OperationCanceledException => !caller.IsCancellationRequested,
        _ => true,
    };
}
