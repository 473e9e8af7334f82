using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Tokenization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GuardedZephyr.Inference.Engine;

/// <summary>
/// Runs the model: one thread owns the session and answers several requests at a time, as many as there are slots; more wait in a bounded queue, first
/// come first served. A reply does not depend on what runs beside it or on what is cached from before. Thread-safe. Disposing it fails what runs and
/// waits, frees the session and ends the thread.
/// </summary>
public sealed class DecodeEngine : IDisposable
{
    private readonly EngineWorker _worker;
    private readonly int _queueLimit;
    private readonly TimeProvider _time;

    internal DecodeEngine(
        ModelFolder model, BytePairTokenizer tokenizer, EngineOptions options, CachePlan plan, Func<CachePlan, IDecoder> openDecoder, ILogger logger, TimeProvider time)
    {
        options.Validate();
        (Model, Tokenizer, ContextLength, _queueLimit, _time) = (model, tokenizer, plan.ContextLength, options.QueueLimit, time);
        _worker = new EngineWorker(model, options, plan, openDecoder, logger, time);
        try
        {
            _worker.Start();
        }
        catch
        {
            _worker.Dispose();
            throw;
        }
    }

    public ModelFolder Model { get; }

    public BytePairTokenizer Tokenizer { get; }

    /// <summary>Tokens that a prompt and its reply may have together.</summary>
    public int ContextLength { get; }

    /// <summary>The engine's instruments, <c>guardedzephyr.engine.*</c>, for those that listen to this engine alone; all engines' meters are named <c>GuardedZephyr.Engine</c>.</summary>
    public Meter Meter => _worker.Meter;

    public EngineStatus Status => _worker.Status;

    /// <summary>Loads the model, runs it once and returns when it is ready, which takes seconds for a large one; the log says how far it is.</summary>
    /// <param name="openDecoder">Opens the model for a cache; called again, on the engine's thread, after a step failed. Null is ONNX Runtime on the CPU.</param>
    /// <exception cref="EngineOptionsException">A setting is outside its range, or the cache does not fit in memory.</exception>
    /// <exception cref="ModelFolderException">The model cannot be loaded or run.</exception>
    public static DecodeEngine Load(
        ModelFolder model, EngineOptions? options = null, ILogger<DecodeEngine>? logger = null, TimeProvider? time = null, Func<CachePlan, IDecoder>? openDecoder = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new EngineOptions();
        options.Validate();
        var tokenizer = model.LoadTokenizer();
        var plan = openDecoder is null ? CachePlan.ForMemory(model, options, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) : CachePlan.Unbounded(model, options);
        return new DecodeEngine(
            model, tokenizer, options, plan, openDecoder ?? (cache => new OnnxDecoder(model, options, cache)), logger ?? NullLogger<DecodeEngine>.Instance, time ?? TimeProvider.System);
    }

    /// <summary>
    /// Queues the request at once and returns its reply as it is written. Disposing the enumerator or cancelling ends the
    /// generation at the next step.
    /// </summary>
    /// <exception cref="ArgumentException">The request is not valid.</exception>
    /// <exception cref="Sampling.UnknownTokenException">A logit bias is for an id that the model has not.</exception>
    /// <exception cref="ContextLengthExceededException">The prompt leaves no room for a reply.</exception>
    /// <exception cref="EngineBusyException">The queue is full.</exception>
    /// <remarks>Enumerating throws <see cref="EngineFailedException"/> when the model fails during the reply.</remarks>
    public IAsyncEnumerable<GenerationUpdate> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_worker.Stopping.IsCancellationRequested, this);
        request.Validate(Model.VocabularySize);
        if (request.Prompt.Count >= ContextLength)
        {
            throw new ContextLengthExceededException(request.Prompt.Count, ContextLength);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var room = ContextLength - request.Prompt.Count;
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _worker.Stopping);
        var turn = new Turn(request, Math.Min(request.MaxTokens ?? room, room), Tokenizer, Model.EndIds, _time.GetTimestamp(), cancellation.Token);
        if (!_worker.TryQueue(turn))
        {
            cancellation.Dispose();
            throw new EngineBusyException(_queueLimit);
        }

        return ReadAsync(turn, cancellation, CancellationToken.None);
    }

    public void Dispose() => _worker.Dispose();

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
}
