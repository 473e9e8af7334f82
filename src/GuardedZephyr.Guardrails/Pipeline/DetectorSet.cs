using GuardedZephyr.Policies;
using Microsoft.Extensions.Logging;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Runs detectors so that one that throws, hangs or answers nonsense counts as failed and never as "nothing found".
/// Detectors of spans (with a reach) come first and run inline; detectors of whole texts run beside each other under the timeout.
/// </summary>
internal sealed partial class DetectorSet
{
    private readonly IDetector[] _spanDetectors;
    private readonly IDetector[] _textDetectors;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public DetectorSet(IEnumerable<IDetector> detectors, TimeSpan timeout, TimeProvider time, ILogger logger)
    {
        ILookup<bool, IDetector> bySpan = detectors.ToLookup(detector => detector.Reach is not null);
        _spanDetectors = [.. bySpan[true]];
        _textDetectors = [.. bySpan[false]];
        _timeout = timeout;
        _time = time;
        _logger = logger;
        Reach = _spanDetectors.Select(detector => detector.Reach!.Value).DefaultIfEmpty(0).Max();
    }

    /// <summary>The longest reach of any span detector, in characters of the matching surface.</summary>
    public int Reach { get; }

    public async ValueTask<Detection> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken) =>
        (await DetectSpansAsync(text, direction, cancellationToken)).And(await DetectWholeAsync(text, direction, cancellationToken));

    public async ValueTask<Detection> DetectSpansAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        Detection all = Detection.Nothing;
        foreach (IDetector detector in _spanDetectors)
        {
            all = all.And(await RunAsync(detector, () => detector.DetectAsync(text, direction, cancellationToken).AsTask(), text, cancellationToken));
        }

        return all;
    }

    public async ValueTask<Detection> DetectWholeAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        Detection[] each = await Task.WhenAll(_textDetectors.Select(detector => RunAsync(
            detector,
            () => DetectInTimeAsync(detector, text, direction, cancellationToken),
            text,
            cancellationToken)));

        return each.Aggregate(Detection.Nothing, (all, next) => all.And(next));
    }

    /// <summary>A detector that took too long is told to stop, so that it does not go on in the background.</summary>
    private async Task<IReadOnlyList<Finding>> DetectInTimeAsync(IDetector detector, GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await Task.Run(() => detector.DetectAsync(text, direction, stop.Token).AsTask(), stop.Token).WaitAsync(_timeout, _time, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private async Task<Detection> RunAsync(IDetector detector, Func<Task<IReadOnlyList<Finding>>> detect, GuardText text, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<Finding> findings = await detect();
            if (findings.All(finding => IsSound(finding, text.Original.Length)))
            {
                return new Detection(findings, []);
            }

            LogUnsound(detector.Name);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // The type alone: a message of foreign code may quote the text.
            LogFailed(detector.Name, exception.GetType().Name);
        }

        return new Detection([], [detector.Name]);
    }

    private static bool IsSound(Finding finding, int length) =>
        finding.Score is >= 0 and <= 1 && finding.Start >= 0 && finding.Length >= 0 && finding.Length <= length - finding.Start;

    [LoggerMessage(LogLevel.Error, "Detector {Detector} failed with {Exception}; the text it was given counts as unjudged.")]
    private partial void LogFailed(string detector, string exception);

    [LoggerMessage(LogLevel.Error, "Detector {Detector} gave findings outside the text or scores outside 0 to 1; the text counts as unjudged.")]
    private partial void LogUnsound(string detector);
}
