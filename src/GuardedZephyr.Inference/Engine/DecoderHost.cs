using GuardedZephyr.Inference.Models;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Inference.Engine;

/// <summary>Opens the decoder, warms it up, and opens it again after a failure: at once the first time, then after growing waits, so often and no more.</summary>
internal sealed partial class DecoderHost(ModelFolder model, Func<IDecoder> open, ILogger logger, TimeProvider time) : IDisposable
{
    private const int MaxAttempts = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private volatile EngineState _state = EngineState.ReadingWeights;
    private int _failures;
    private long _cacheBytes;
    private long _lastStep;
    private volatile int _rebuilds;

    /// <summary>Null while there is none.</summary>
    public IDecoder? Decoder { get; private set; }

    public EngineState State => _state;

    public int Rebuilds => _rebuilds;

    /// <summary>Memory of the decoder's cache, 0 before there was one.</summary>
    public long CacheBytes => Interlocked.Read(ref _cacheBytes);

    /// <summary>When the model last ran; null before the first time.</summary>
    public DateTimeOffset? LastStep => Interlocked.Read(ref _lastStep) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <exception cref="ModelFolderException">The model cannot be loaded or run.</exception>
    public void Open()
    {
        _state = EngineState.ReadingWeights;
        LogReading(logger, model.Name);
        var clock = time.GetTimestamp();
        try
        {
            Decoder = open();
            _state = EngineState.WarmingUp;
            LogWarmingUp(logger, model.Name, time.GetElapsedTime(clock).TotalSeconds);
            WarmUp(Decoder);
        }
        catch (Exception e)
        {
            Close();
            throw e is OnnxRuntimeException ? new ModelFolderException(model.ModelPath, $"the model loads but does not run ({e.Message.Split('\n')[0]}); export it again", e) : e;
        }

        _state = EngineState.Ready;
        var traits = Decoder.Traits;
        Interlocked.Exchange(ref _cacheBytes, traits.CacheBytes);
        LogReady(logger, model.Name, time.GetElapsedTime(clock).TotalSeconds, traits.Slots, traits.ContextLength, traits.CacheBytes);
        if (!traits.BatchesAgree)
        {
            LogBatchesDisagree(logger);
        }
    }

    /// <summary>A run went well: the next failure is a first one again.</summary>
    public void Ran()
    {
        _failures = 0;
        NoteStep();
    }

    /// <summary>Throws the decoder away and opens another.</summary>
    /// <param name="exception">What it failed with; null to try again after giving up.</param>
    /// <returns>False when that could not be done; it can be tried again.</returns>
    public bool Reopen(Exception? exception, CancellationToken stopping)
    {
        _rebuilds += exception is null ? 0 : 1;
        for (var attempt = 0; attempt < MaxAttempts && !stopping.IsCancellationRequested; attempt++)
        {
            Close();
            _state = EngineState.Rebuilding;
            try
            {
                Wait(_failures++, stopping);
                Open();
                return true;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                LogReopenFailed(logger, attempt + 1, MaxAttempts, e);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        _failures = 0;
        _state = EngineState.Failed;
        return false;
    }

    public void Dispose()
    {
        Close();
        _state = EngineState.Stopped;
    }

    private void Close()
    {
        Decoder?.Dispose();
        Decoder = null;
    }

    /// <summary>Some faults of a graph show only when it runs, and the first run of each kind is slow.</summary>
    private void WarmUp(IDecoder decoder)
    {
        var id = model.EndIds[0];
        decoder.Prefill(0, [id], 0, CancellationToken.None);
        decoder.Step([new SlotStep(0, id, 1)], CancellationToken.None);
        NoteStep();
    }

    private void NoteStep() => Interlocked.Exchange(ref _lastStep, time.GetUtcNow().UtcTicks);

    private void Wait(int failures, CancellationToken stopping)
    {
        if (failures > 0)
        {
            var wait = FirstWait * Math.Pow(2, Math.Min(failures, MaxAttempts) - 1);
            Task.Delay(wait, time, stopping).GetAwaiter().GetResult();
        }
    }

    [LoggerMessage(LogLevel.Information, "Model {Model}: reading the weights")]
    private static partial void LogReading(ILogger logger, string model);

    [LoggerMessage(LogLevel.Information, "Model {Model}: weights read after {Seconds:F1} s, warming up")]
    private static partial void LogWarmingUp(ILogger logger, string model, double seconds);

    [LoggerMessage(LogLevel.Information, "Model {Model}: ready after {Seconds:F1} s, {Slots} slot(s) of {ContextLength} tokens, {CacheBytes} bytes of KV cache")]
    private static partial void LogReady(ILogger logger, string model, double seconds, int slots, int contextLength, long cacheBytes);

    [LoggerMessage(LogLevel.Warning, "On this processor a reply can differ in its last bits with what is answered beside it; set Slots to 1 where equal replies matter")]
    private static partial void LogBatchesDisagree(ILogger logger);

    [LoggerMessage(LogLevel.Error, "The model's session could not be opened again (attempt {Attempt} of {MaxAttempts})")]
    private static partial void LogReopenFailed(ILogger logger, int attempt, int maxAttempts, Exception exception);
}
