using System.Diagnostics;
using System.Numerics.Tensors;
using System.Threading.Channels;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Tokenization;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Inference.Engine;

/// <summary>The engine's thread: it alone touches the session. Disposing cancels what runs, fails what waits and ends the thread.</summary>
internal sealed partial class EngineWorker : IDisposable
{
    private readonly ModelFolder _model;
    private readonly BytePairTokenizer _tokenizer;
    private readonly int _prefillChunk;
    private readonly Func<IDecoder> _openDecoder;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly Channel<Turn> _queue;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private IDecoder? _decoder;
    private long _lastStep;
    private volatile bool _ready;
    private volatile int _busySlots;
    private volatile int _rebuilds;

    public EngineWorker(ModelFolder model, BytePairTokenizer tokenizer, EngineOptions options, Func<IDecoder> openDecoder, ILogger logger, TimeProvider time)
    {
        Stopping = _stopping.Token;
        _model = model;
        _tokenizer = tokenizer;
        _prefillChunk = options.PrefillChunk;
        _openDecoder = openDecoder;
        _logger = logger;
        _time = time;
        _queue = Channel.CreateBounded<Turn>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        _thread = new Thread(Work) { IsBackground = true, Name = "GuardedZephyr engine" };
    }

    /// <summary>Cancelled when the worker is disposed.</summary>
    public CancellationToken Stopping { get; }

    public EngineStatus Status
    {
        get
        {
            var last = Interlocked.Read(ref _lastStep);
            return new EngineStatus(_ready, _busySlots, _queue.Reader.Count, last == 0 ? null : new DateTimeOffset(last, TimeSpan.Zero), _rebuilds);
        }
    }

    /// <summary>Starts the thread and returns when the model is loaded; throws what kept it from loading.</summary>
    public void Start()
    {
        _thread.Start();
        _loaded.Task.GetAwaiter().GetResult();
    }

    /// <returns>False when the queue is full.</returns>
    public bool TryQueue(Turn turn) => _queue.Writer.TryWrite(turn);

    public void Dispose()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        _stopping.Cancel();
        _queue.Writer.TryComplete();
        _thread.Join();
        _stopping.Dispose();
    }

    private void Work()
    {
        try
        {
            OpenDecoder();
            _loaded.SetResult();
        }
        catch (Exception e)
        {
            _loaded.SetException(e);
            return;
        }

        while (!_stopping.IsCancellationRequested && NextTurn() is { } turn)
        {
            _busySlots = 1;
            Answer(turn);
            _busySlots = 0;
        }

        _ready = false;
        while (_queue.Reader.TryRead(out var turn))
        {
            turn.Fail(new OperationCanceledException("The engine was shut down."));
        }

        _decoder?.Dispose();
    }

    private Turn? NextTurn()
    {
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            if (_queue.Reader.TryRead(out var turn))
            {
                return turn;
            }
        }

        return null;
    }

    private void Answer(Turn turn)
    {
        try
        {
            if (_decoder is null)
            {
                OpenDecoder();
            }

            Generate(turn, _decoder!);
        }
        catch (OperationCanceledException) when (turn.Cancellation.IsCancellationRequested)
        {
            turn.Fail(new OperationCanceledException(turn.Cancellation));
        }
        catch (Exception e)
        {
            LogStepFailed(_logger, e);
            _ready = false;
            _decoder?.Dispose();
            _decoder = null;
            _rebuilds++;
            turn.Fail(new EngineFailedException(e.Message.Split('\n')[0], e));
            TryReopen();
        }
    }

    private void Generate(Turn turn, IDecoder decoder)
    {
        var logits = Prefill(turn, decoder);
        Span<int> next = stackalloc int[1];
        var length = turn.Prompt.Count;
        while (true)
        {
            turn.Cancellation.ThrowIfCancellationRequested();
            if (!float.IsFinite(TensorPrimitives.Sum<float>(logits)))
            {
                throw new InvalidOperationException("the model's logits are not finite");
            }

            next[0] = turn.Sampler.Next(logits);
            if (_model.EndIds.Contains(next[0]))
            {
                turn.Finish(StopReason.Stop);
                return;
            }

            if (!turn.Write(next[0]))
            {
                return;
            }

            logits = Step(decoder, next, length++, turn.Cancellation);
        }
    }

    private Span<float> Prefill(Turn turn, IDecoder decoder)
    {
        int[] prompt = [.. turn.Prompt];
        for (var start = 0; ; start += _prefillChunk)
        {
            var end = Math.Min(start + _prefillChunk, prompt.Length);
            var logits = Step(decoder, prompt.AsSpan(start..end), start, turn.Cancellation);
            if (end == prompt.Length)
            {
                return logits;
            }
        }
    }

    private Span<float> Step(IDecoder decoder, scoped ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken)
    {
        decoder.Prefill(0, ids, past, cancellationToken);
        var logits = decoder.Logits(0);
        Interlocked.Exchange(ref _lastStep, _time.GetUtcNow().UtcTicks);
        return logits;
    }

    /// <summary>Loads the session and runs one token, because some faults of a graph show only then.</summary>
    private void OpenDecoder()
    {
        LogLoading(_logger, _model.Name);
        var clock = Stopwatch.GetTimestamp();
        _decoder = _openDecoder();
        try
        {
            Step(_decoder, [_tokenizer.EndOfTextId], 0, Stopping);
        }
        catch (OnnxRuntimeException e)
        {
            _decoder.Dispose();
            _decoder = null;
            throw new ModelFolderException(_model.ModelPath, $"the model loads but does not run ({e.Message.Split('\n')[0]}); export it again", e);
        }

        _ready = true;
        LogLoaded(_logger, _model.Name, Stopwatch.GetElapsedTime(clock).TotalSeconds);
    }

    /// <summary>When it fails, the next request tries again.</summary>
    private void TryReopen()
    {
        try
        {
            OpenDecoder();
        }
        catch (Exception e)
        {
            LogReopenFailed(_logger, e);
        }
    }

    [LoggerMessage(LogLevel.Information, "Loading model {Model}")]
    private static partial void LogLoading(ILogger logger, string model);

    [LoggerMessage(LogLevel.Information, "Model {Model} is ready after {Seconds:F1} s")]
    private static partial void LogLoaded(ILogger logger, string model, double seconds);

    [LoggerMessage(LogLevel.Error, "A step of the model failed; its session is being rebuilt")]
    private static partial void LogStepFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "The model's session could not be rebuilt; the next request tries again")]
    private static partial void LogReopenFailed(ILogger logger, Exception exception);
}
