using GuardedZephyr.Policies;
using Microsoft.Extensions.Logging;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Runs detectors so that one that throws, hangs or answers nonsense counts as failed and never as "nothing found". The policy's own are cheap, in
/// linear time, and come first, on the caller's thread; all others are slow and run beside each other, each within its limits. Thread-safe.
/// </summary>
internal sealed partial class DetectorSet : IDisposable
{
    private readonly Policy _policy;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Stage _all;
    private readonly Stage _spans;
    private readonly Stage _whole;

    public DetectorSet(Policy policy, IEnumerable<IDetector> detectors, TimeProvider time, ILogger logger)
    {
        _policy = policy;
        _time = time;
        _logger = logger;
        ILookup<bool, IDetector> byCost = detectors.ToLookup(policy.Detectors.Contains);
        _all = new Stage([.. byCost[true]], [.. byCost[false].Select(detector => new IsolatedDetector(detector, policy.LimitsOf(detector.Name), time))]);
        _spans = new Stage([.. _all.Cheap.Where(detector => detector.Reach is not null)], [.. _all.Slow.Where(detector => detector.Reach is not null)]);
        _whole = new Stage([.. _all.Cheap.Except(_spans.Cheap)], [.. _all.Slow.Except(_spans.Slow)]);
        Reach = _spans.Cheap.Select(detector => detector.Reach!.Value).Concat(_spans.Slow.Select(detector => detector.Reach!.Value)).DefaultIfEmpty(0).Max();
    }

    /// <summary>The longest reach of any span detector, in characters of the matching surface.</summary>
    public int Reach { get; }

    public IReadOnlyList<IsolatedDetector> Slow => _all.Slow;

    /// <summary>Completes when this is disposed and no detector runs any more, abandoned calls included.</summary>
    public Task Ended => Task.WhenAll(_all.Slow.Select(detector => detector.Bulkhead.Ended));

    /// <param name="onlyUntilSettled">Slow detectors are skipped when what the cheap ones found blocks the text.</param>
    public ValueTask<Detection> DetectAsync(GuardText text, Direction direction, bool onlyUntilSettled, Deadline deadline, CancellationToken cancellationToken) =>
        RunAsync(_all, text, direction, onlyUntilSettled, deadline, cancellationToken);

    public ValueTask<Detection> DetectSpansAsync(GuardText text, Direction direction, Deadline deadline, CancellationToken cancellationToken) =>
        RunAsync(_spans, text, direction, onlyUntilSettled: false, deadline, cancellationToken);

    public ValueTask<Detection> DetectWholeAsync(GuardText text, Direction direction, Deadline deadline, CancellationToken cancellationToken) =>
        RunAsync(_whole, text, direction, onlyUntilSettled: false, deadline, cancellationToken);

    public void Dispose()
    {
        foreach (IsolatedDetector detector in _all.Slow)
        {
            detector.Dispose();
        }
    }

    private async ValueTask<Detection> RunAsync(Stage stage, GuardText text, Direction direction, bool onlyUntilSettled, Deadline deadline, CancellationToken cancellationToken)
    {
        Detection found = await RunCheapAsync(stage.Cheap, text, direction, deadline, cancellationToken);
        IsolatedDetector[] asked = stage.Slow;
        if (onlyUntilSettled && asked.Length > 0 && _policy.IsSettled(direction, found.Findings))
        {
            asked = [.. stage.Slow.Where(detector => _policy.IsShadowed(detector.Name, direction))];
            found = found with { SkippedDetectors = [.. stage.Slow.Except(asked).Select(detector => detector.Name)] };
        }

        Detection[] slow = await Task.WhenAll(asked.Select(detector => AskAsync(detector.Name, () => detector.DetectAsync(text, direction, deadline, cancellationToken), cancellationToken)));
        return slow.Aggregate(found, (all, next) => all.And(next));
    }

    private async ValueTask<Detection> RunCheapAsync(IDetector[] detectors, GuardText text, Direction direction, Deadline deadline, CancellationToken cancellationToken)
    {
        if (detectors.Length == 0)
        {
            return Detection.Nothing;
        }

        using var expiry = new CancellationTokenSource(deadline.Left, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        Detection found = Detection.Nothing;
        foreach (IDetector detector in detectors)
        {
            found = found.And(await AskAsync(detector.Name, () => AskCheapAsync(detector, text, direction, either.Token), cancellationToken));
        }

        return found;
    }

    private static async ValueTask<IReadOnlyList<Finding>> AskCheapAsync(IDetector detector, GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ValueTask<IReadOnlyList<Finding>> asked = detector.DetectAsync(text, direction, cancellationToken);
        return Soundness.Check(asked.IsCompleted ? await asked : await asked.AsTask().WaitAsync(cancellationToken), text);
    }

    private async Task<Detection> AskAsync(string detector, Func<ValueTask<IReadOnlyList<Finding>>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return new Detection(await ask(), []);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // The type alone: a message of foreign code may quote the text.
            LogFailed(detector, exception.GetType().Name);
            return new Detection([], [detector]);
        }
    }

    [LoggerMessage(LogLevel.Error, "Detector {Detector} failed with {Exception}; the text it was given counts as unjudged.")]
    private partial void LogFailed(string detector, string exception);

    private sealed record Stage(IDetector[] Cheap, IsolatedDetector[] Slow);
}
