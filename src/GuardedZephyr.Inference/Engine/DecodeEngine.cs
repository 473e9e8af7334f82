using System.Runtime.CompilerServices;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Tokenization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GuardedZephyr.Inference.Engine;

/// <summary>
/// Runs the model: one thread owns the session and answers the requests of a bounded queue in their order. Thread-safe.
/// Disposing it fails what runs and waits, frees the session and ends the thread.
/// </summary>
public sealed class DecodeEngine : IDisposable
{
    private const int DefaultContextLimit = 4096;

    private readonly EngineWorker _worker;
    private readonly int _queueLimit;

    internal DecodeEngine(ModelFolder model, BytePairTokenizer tokenizer, EngineOptions options, Func<IDecoder> openDecoder, ILogger logger, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.QueueLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PrefillChunk, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        Model = model;
        Tokenizer = tokenizer;
        ContextLength = ContextOf(model, options);
        _queueLimit = options.QueueLimit;
        _worker = new EngineWorker(model, tokenizer, options, openDecoder, logger, time);
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

    public EngineStatus Status => _worker.Status;

    /// <summary>Loads the model, runs it once and returns when it is ready, which takes seconds for a large one.</summary>
    /// <exception cref="ModelFolderException">The model cannot be loaded or run.</exception>
    public static DecodeEngine Load(ModelFolder model, EngineOptions? options = null, ILogger<DecodeEngine>? logger = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new EngineOptions();
        var tokenizer = model.LoadTokenizer();
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
        ObjectDisposedException.ThrowIf(_worker.Stopping.IsCancellationRequested, this);
        Validate(request);
        cancellationToken.ThrowIfCancellationRequested();
        var room = ContextLength - request.Prompt.Count;
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _worker.Stopping);
        var turn = new Turn(request, Math.Min(request.MaxTokens ?? room, room), Tokenizer, cancellation.Token);
        if (!_worker.TryQueue(turn))
        {
            cancellation.Dispose();
            throw new EngineBusyException(_queueLimit);
        }

        return ReadAsync(turn, cancellation, CancellationToken.None);
    }

    public void Dispose() => _worker.Dispose();

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
}
