using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// A model behind the GenAI traces and metrics of Microsoft.Extensions.AI. Even without sensitive data these tell stop sequences, names of functions, ids that
/// the caller chose and messages of exceptions; they are handed round that stage: it sees the numbers of a request and the type of a failure.
/// </summary>
internal sealed class ModelTelemetryChatClient(IChatClient model) : DelegatingChatClient(new OpenTelemetryChatClient(new Model(model), sourceName: GuardedZephyrTelemetry.ModelSourceName)
{
    // Said, because the default is what OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT says.
    EnableSensitiveData = false,
})
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, new Numbers(options), cancellationToken);
        }
        catch (ModelFailure failure)
        {
            ExceptionDispatchInfo.Throw(failure.Original);
            throw;
        }
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Rethrown(
            base.GetStreamingResponseAsync(messages, new Numbers(options), cancellationToken), exception => exception is ModelFailure failure ? failure.Original : exception, cancellationToken);

    private static async IAsyncEnumerable<ChatResponseUpdate> Rethrown(
        IAsyncEnumerable<ChatResponseUpdate> updates, Func<Exception, Exception> translate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<ChatResponseUpdate> enumerator = updates.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await enumerator.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception exception)
            {
                ExceptionDispatchInfo.Throw(translate(exception));
            }

            yield return enumerator.Current;
        }
    }

    /// <summary>The innermost stage: has the request's own options again.</summary>
    private sealed class Model(IChatClient model) : DelegatingChatClient(model)
    {
        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            try
            {
                return await base.GetResponseAsync(messages, ((Numbers)options!).Of, cancellationToken);
            }
            catch (Exception exception)
            {
                throw new ModelFailure(exception);
            }
        }

        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Rethrown(base.GetStreamingResponseAsync(messages, ((Numbers)options!).Of, cancellationToken), exception => new ModelFailure(exception), cancellationToken);
    }

    /// <summary>What of a request's options is neither a text nor a name.</summary>
    private sealed class Numbers : ChatOptions
    {
        public Numbers(ChatOptions? options)
        {
            Of = options;
            Temperature = options?.Temperature;
            TopP = options?.TopP;
            TopK = options?.TopK;
            MaxOutputTokens = options?.MaxOutputTokens;
            FrequencyPenalty = options?.FrequencyPenalty;
            PresencePenalty = options?.PresencePenalty;
            Seed = options?.Seed;
        }

        public ChatOptions? Of { get; }
    }

    /// <summary>A failure on its way through the telemetry, which writes messages down.</summary>
    private sealed class ModelFailure(Exception original) : Exception(original.GetType().FullName)
    {
        public Exception Original => original;
    }
}
