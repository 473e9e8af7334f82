using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// A chat client that judges every text of a request before the inner client sees it, and every part of the reply before the caller does.
/// A block is an assistant message with <see cref="ChatFinishReason.ContentFilter"/>, or an exception where the options ask for one; a <see cref="GuardReport"/> is
/// in <c>AdditionalProperties</c> of the response or of the last update. Function calls and their results are judged as well: a stage that runs functions belongs
/// outside of this one. Thread-safe as far as the inner client is.
/// </summary>
/// <remarks>
/// <see cref="Audit.AuditUnavailableException"/> comes out of either method when decisions cannot be recorded: nothing was released.
/// </remarks>
/// <param name="policies">A turn is judged by the edition of its policy that it began with.</param>
/// <param name="policy">Name of the policy that judges; the default one when null.</param>
public sealed class GuardrailsChatClient(IChatClient innerClient, GuardPolicies policies, string? policy = null, GuardrailsChatClientOptions? options = null) : DelegatingChatClient(innerClient)
{
    /// <summary>Key in <c>AdditionalProperties</c> of the refusal that stands in for what was blocked; it is also the text of that update. Absent when all passed.</summary>
    public const string RefusalKey = "guardedzephyr.refusal";

    /// <summary>Key in <see cref="ChatOptions.AdditionalProperties"/> of the id that the audit log files the turn under; a new one when absent.</summary>
    public const string TurnKey = "guardedzephyr.turn";

    /// <summary>
    /// Key in <see cref="ChatOptions.AdditionalProperties"/> of the name of a policy that judges too: the more severe verdict holds, so it can only tighten. A name
    /// that there is not is an <see cref="UnknownPolicyException"/>.
    /// </summary>
    public const string ModerationKey = "guardedzephyr.moderation";

    /// <summary>
    /// Key in <see cref="ChatOptions.AdditionalProperties"/> of the language that the guard's own texts should have: a language tag, or several with commas between
    /// them, the most wanted first. The policy's own where it has none of these.
    /// </summary>
    public const string LocaleKey = "guardedzephyr.locale";

    /// <summary>A kernel takes no chat client without some.</summary>
    private static readonly ChatClientMetadata _noMetadata = new();

    private readonly GuardrailsChatClientOptions _options = options ?? new GuardrailsChatClientOptions();

    /// <summary>A guard that stays as it is.</summary>
    public GuardrailsChatClient(IChatClient innerClient, GuardPipeline pipeline, GuardrailsChatClientOptions? options = null)
        : this(innerClient, GuardPolicies.Of(pipeline), policy: null, options)
    {
    }

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        RequirePolicies(options);
        return await RunAsync(messages, options, InnerUpdates, cancellationToken).ToChatResponseAsync(cancellationToken);

        async IAsyncEnumerable<ChatResponseUpdate> InnerUpdates(GuardedRequest request, [EnumeratorCancellation] CancellationToken token)
        {
            ChatResponse response = await InnerClient.GetResponseAsync(request.Messages, request.Options, token);
            foreach (ChatResponseUpdate update in response.ToChatResponseUpdates())
            {
                if (response.Usage is not null)
                {
                    (update.AdditionalProperties ??= [])[Continuation.UsageKey] = response.Usage;
                }

                yield return update;
            }
        }
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        RequirePolicies(options);
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
        using PolicyLease lease = policies.Take(policy, Property(options, ModerationKey));
        GuardPipeline pipeline = lease.Pipeline;
        string id = options?.AdditionalProperties?.TryGetValue(TurnKey, out string? given) == true ? given : GuardedTurn.NewId();
        string? model = options?.ModelId ?? this.GetService<ChatClientMetadata>()?.DefaultModelId;
        int retryLimit = pipeline.Policy.Retries > 0 && Continuation.IsPossible(InnerClient) ? pipeline.Policy.Retries : 0;
        var turn = new GuardedTurn(pipeline, id, options?.ConversationId, model) { Locales = Property(options, LocaleKey), RetryLimit = retryLimit };
        using var span = new TurnSpan(turn);
        GuardedRequest? request = await GuardedRequest.JudgeAsync(pipeline, turn, messages, ForModel(options), cancellationToken);
        request = retryLimit > 0 ? request?.WithUsageSoFar() : request;
        var reply = new GuardedReply(
            pipeline, turn, _options.Gate, (continuation, token) => callInner(continuation is null ? request! : request!.ContinueFrom(continuation), token));
        if (request is null)
        {
            ThrowIfAsked(pipeline, turn);
            yield return reply.Refusal(new ChatResponseUpdate { ModelId = model, ResponseId = id, ConversationId = options?.ConversationId }, afterReleasedText: false);
            yield break;
        }

        bool ended = false;
        try
        {
            await foreach (ChatResponseUpdate update in reply.GuardAsync(cancellationToken))
            {
                ended = update.FinishReason is not null;
                if (ended)
                {
                    ThrowIfAsked(pipeline, turn);
                }

                yield return update;
                span.Resume();
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

    private void ThrowIfAsked(GuardPipeline pipeline, GuardedTurn turn)
    {
        if (_options.ThrowOnBlock && turn.Blocking is { } verdict)
        {
            throw new GuardBlockedException(turn.Report(), pipeline.Policy.ReplyFor(verdict, turn.Locales));
        }
    }

    /// <summary>At the call, not when its stream is first read.</summary>
    private void RequirePolicies(ChatOptions? options)
    {
        policies.Require(policy ?? GuardPolicies.Default);
        if (Property(options, ModerationKey) is { } moderation)
        {
            policies.Require(moderation);
        }
    }

    /// <summary>What is said to the guard is no business of the model.</summary>
    private static ChatOptions? ForModel(ChatOptions? options)
    {
        options = options?.Clone();
        options?.AdditionalProperties?.Remove(ModerationKey);
        options?.AdditionalProperties?.Remove(LocaleKey);
        return options;
    }

    /// <exception cref="ArgumentException">It is no string.</exception>
    private static string? Property(ChatOptions? options, string key) => options?.AdditionalProperties?.GetValueOrDefault(key) switch
    {
        null => null,
        string text => text,
        _ => throw new ArgumentException($"The option '{key}' must be a string.", nameof(options)),
    };
}
