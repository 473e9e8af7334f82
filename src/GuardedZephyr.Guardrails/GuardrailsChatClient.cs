using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// A chat client that judges every text of a request before the inner client sees it, and every part of the reply before the caller does.
/// A block is an assistant message with <see cref="ChatFinishReason.ContentFilter"/>, or an exception where the options ask for one; a <see cref="GuardReport"/> is
/// in <c>AdditionalProperties</c> of the response or of the last update. Tool calls and tool results are judged as well: a stage that runs functions belongs
/// outside of this one. Thread-safe as far as the inner client is.
/// </summary>
/// <remarks>
/// <see cref="Audit.AuditUnavailableException"/> comes out of either method when decisions cannot be recorded: nothing was released.
/// </remarks>
public sealed class GuardrailsChatClient(IChatClient innerClient, GuardPipeline pipeline, GuardrailsChatClientOptions? options = null) : DelegatingChatClient(innerClient)
{
    /// <summary>Key in <c>AdditionalProperties</c> of the refusal that stands in for what was blocked; it is also the text of that update. Absent when all passed.</summary>
    public const string RefusalKey = "guardedzephyr.refusal";

    /// <summary>Key in <see cref="ChatOptions.AdditionalProperties"/> of the id that the audit log files the turn under; a new one when absent.</summary>
    public const string TurnKey = "guardedzephyr.turn";

    /// <summary>A kernel takes no chat client without some.</summary>
    private static readonly ChatClientMetadata _noMetadata = new();

    private readonly GuardrailsChatClientOptions _options = options ?? new GuardrailsChatClientOptions();

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return await RunAsync(messages, options, InnerUpdates, cancellationToken).ToChatResponseAsync(cancellationToken);

        async IAsyncEnumerable<ChatResponseUpdate> InnerUpdates(GuardedRequest request, [EnumeratorCancellation] CancellationToken token)
        {
            ChatResponse response = await InnerClient.GetResponseAsync(request.Messages, request.Options, token);

            // What the reply cost comes first: it is said also of a reply that is blocked before its end.
            foreach (ChatResponseUpdate update in response.ToChatResponseUpdates().OrderByDescending(update => update.Contents.Any(content => content is UsageContent)))
            {
                yield return update;
            }
        }
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return RunAsync(messages, options, (request, token) => InnerClient.GetStreamingResponseAsync(request.Messages, request.Options, token), cancellationToken);
    }

    /// <summary>Gives this client and facts about the inner one, never an inner client: that would be a way round the guard.</summary>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(ChatClientMetadata) ? InnerClient.GetService(serviceType, serviceKey) ?? _noMetadata
            : null;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> RunAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        Func<GuardedRequest, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> callInner,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string id = options?.AdditionalProperties?.TryGetValue(TurnKey, out string? given) == true ? given : GuardedTurn.NewId();
        string? model = options?.ModelId ?? this.GetService<ChatClientMetadata>()?.DefaultModelId;
        var turn = new GuardedTurn(pipeline, id, options?.ConversationId, model);
        var reply = new GuardedReply(pipeline, turn, _options.Gate);

        if (await GuardedRequest.JudgeAsync(pipeline, turn, messages, options, cancellationToken) is not { } request)
        {
            ThrowIfAsked(turn);
            yield return reply.Refusal(new ChatResponseUpdate { ModelId = model, ResponseId = id, ConversationId = options?.ConversationId }, afterReleasedText: false);
            yield break;
        }

        bool ended = false;
        try
        {
            await foreach (ChatResponseUpdate update in reply.GuardAsync(callInner(request, cancellationToken), cancellationToken))
            {
                ended = update.FinishReason is not null;
                if (ended)
                {
                    ThrowIfAsked(turn);
                }

                yield return update;
            }
        }
        finally
        {
            if (!ended)
            {
                await turn.AbortAsync();
            }
        }
    }

    private void ThrowIfAsked(GuardedTurn turn)
    {
        if (_options.ThrowOnBlock && turn.Blocking is { } verdict)
        {
            throw new GuardBlockedException(turn.Report(), pipeline.Policy.ReplyFor(verdict));
        }
    }
}
