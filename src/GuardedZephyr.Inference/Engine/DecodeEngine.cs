using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Tokenization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Inference.Engine;

/// <summary>
/// Runs the model: one thread owns the session and answers the requests of a bounded queue in their order. Thread-safe.
/// Disposing it fails what runs and waits, frees the session and ends the thread.
/// </summary>
public sealed partial class DecodeEngine : IDisposable
{
    private const int DefaultContextLimit = 4096;

    private readonly EngineOptions _options;
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

    internal DecodeEngine(ModelFolder model, BytePairTokenizer tokenizer, EngineOptions options, Func<IDecoder> openDecoder, ILogger logger, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueueLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PrefillChunk, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        Model = model;
        Tokenizer = tokenizer;
        ContextLength = ContextOf(model, options);
        _options = options;
        _openDecoder = openDecoder;
        _logger = logger;
        _time = time;
        _queue = Channel.CreateBounded<Turn>(new BoundedChannelOptions(options.QueueLimit) { SingleReader = true });
        _thread = new Thread(Work) { IsBackground = true, Name = "GuardedZephyr engine" };
        _thread.Start();
        try
        {
            _loaded.Task.GetAwaiter().GetResult();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ModelFolder Model { get; }

    public BytePairTokenizer Tokenizer { get; }

    /// <summary>Tokens that a prompt and its reply may have together.</summary>
    public int ContextLength { get; }

    public EngineStatus Status
    {
        get
        {
            var last = Interlocked.Read(ref _lastStep);
            return new EngineStatus(_ready, _busySlots, _queue.Reader.Count, last == 0 ? null : new DateTimeOffset(last, TimeSpan.Zero), _rebuilds);
        }
    }

    /// <summary>Loads the model, runs it once and returns when it is ready, which takes seconds for a large one.</summary>
    /// <exception cref="ModelFolderException">The model cannot be loaded or run.</exception>
    public static DecodeEngine Load(ModelFolder model, EngineOptions? options = null, ILogger<DecodeEngine>? logger = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new EngineOptions();
        var tokenizer = BytePairTokenizer.Load(model.TokenizerPath);
        if (tokenizer.VocabularySize > model.VocabularySize)
        {
            throw new ModelFolderException(model.TokenizerPath, $"it has ids up to {tokenizer.VocabularySize - 1}, the model only {model.VocabularySize}; take both from one export");
        }

        return new DecodeEngine(
            model, tokenizer, options, () => new OnnxDecoder(model, options, ContextOf(model, options)), logger ?? NullLogger<DecodeEngine>.Instance, time ?? TimeProvider.System);
    }

    /// <summary>
    /// Queues the request at once and returns its reply as it is written. Disposing the enumerator or cancelling ends the
    /// generation at the next step.
    /// </summary>
    /// <exception cref="ArgumentException">The request is not valid.</exception>
    /// <exception cref="ContextLengthExceededException">The prompt leaves no room for a reply.</exception>
    /// <exception cref="EngineBusyException">The queue is full.</exception>
    /// <remarks>Enumerating throws <see cref="EngineFailedException"/> when the model fails during the reply.</remarks>
    public IAsyncEnumerable<GenerationUpdate> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        Validate(request);
        cancellationToken.ThrowIfCancellationRequested();
        var room = ContextLength - request.Prompt.Count;
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        var turn = new Turn(request, Math.Min(request.MaxTokens ?? room, room), Tokenizer, cancellation.Token);
        if (!_queue.Writer.TryWrite(turn))
        {
            cancellation.Dispose();
            throw new EngineBusyException(_options.QueueLimit);
        }

        return ReadAsync(turn, cancellation, CancellationToken.None);
    }

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

    private static int ContextOf(ModelFolder model, EngineOptions options)
    {
        var length = options.ContextLength ?? Math.Min(model.ContextLength, DefaultContextLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 2, nameof(options.ContextLength));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, model.ContextLength, nameof(options.ContextLength));
        return length;
    }

    private void Validate(GenerationRequest request)
    {
        request.Sampling.Validate();
        if (request.Prompt.Count == 0 || request.Prompt.Any(id => id < 0 || id >= Model.VocabularySize))
        {
            throw new ArgumentException("The prompt must have at least one token, and ids of the vocabulary only.", nameof(request));
        }

        if (request.MaxTokens is < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(request), "The maximum of tokens must be at least 1.");
        }

        if (request.StopStrings.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("A stop string is empty.", nameof(request));
        }

        if (request.Prompt.Count >= ContextLength)
        {
            throw new ContextLengthExceededException(request.Prompt.Count, ContextLength);
        }
    }

    private static async IAsyncEnumerable<GenerationUpdate> ReadAsync(
        Turn turn, CancellationTokenSource cancellation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (cancellation)
        using (cancellationToken.Register(cancellation.Cancel))
        {
            try
            {
                await foreach (var update in turn.Updates.ReadAllAsync(cancellation.Token))
                {
                    yield return update;
                }
            }
            finally
            {
                await cancellation.CancelAsync();
            }
        }
    }

    /// <summary>The engine's thread.</summary>
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
            if (Model.EndIds.Contains(next[0]))
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
        for (var start = 0; ; start += _options.PrefillChunk)
        {
            var end = Math.Min(start + _options.PrefillChunk, prompt.Length);
            var logits = Step(decoder, prompt.AsSpan(start..end), start, turn.Cancellation);
            if (end == prompt.Length)
            {
                return logits;
            }
        }
    }

    private Span<float> Step(IDecoder decoder, scoped ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken)
    {
        var logits = decoder.Run(ids, past, cancellationToken);
        Interlocked.Exchange(ref _lastStep, _time.GetUtcNow().UtcTicks);
        return logits;
    }

    /// <summary>Loads the session and runs one token, because some faults of a graph show only then.</summary>
    private void OpenDecoder()
    {
        LogLoading(_logger, Model.Name);
        var clock = Stopwatch.GetTimestamp();
        _decoder = _openDecoder();
        try
        {
            Step(_decoder, [Tokenizer.EndOfTextId], 0, _stopping.Token);
        }
        catch (OnnxRuntimeException e)
        {
            _decoder.Dispose();
            _decoder = null;
            throw new ModelFolderException(Model.ModelPath, $"the model loads but does not run ({e.Message.Split('\n')[0]}); export it again", e);
        }

        _ready = true;
        LogLoaded(_logger, Model.Name, Stopwatch.GetElapsedTime(clock).TotalSeconds, ContextLength);
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

    [LoggerMessage(LogLevel.Information, "Model {Model} is ready after {Seconds:F1} s; context {ContextLength} tokens")]
    private static partial void LogLoaded(ILogger logger, string model, double seconds, int contextLength);

    [LoggerMessage(LogLevel.Error, "A step of the model failed; its session is being rebuilt")]
    private static partial void LogStepFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "The model's session could not be rebuilt; the next request tries again")]
    private static partial void LogReopenFailed(ILogger logger, Exception exception);
}
