using System.Runtime.CompilerServices;
using System.Text;
using GuardedZephyr.Inference.Engine;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Inference.Chat;

/// <summary>
/// StableLM Zephyr as an <see cref="IChatClient"/>, unguarded: text in, text out. Thread-safe. The engine is the caller's to dispose.
/// What it cannot do (tools, JSON output, images, server-side conversations) is refused at the call.
/// </summary>
public sealed class ZephyrChatClient(DecodeEngine engine, TimeProvider? time = null) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new("guardedzephyr", defaultModelId: engine.Model.Name);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = GetStreamingResponseAsync(messages, options, cancellationToken);
        var text = new StringBuilder();
        var response = new ChatResponse { ModelId = engine.Model.Name };
        var messageId = "";
        await foreach (var update in updates)
        {
            text.Append(update.Text);
            (response.ResponseId, response.CreatedAt, messageId) = (update.ResponseId, update.CreatedAt, update.MessageId);
            response.FinishReason = update.FinishReason ?? response.FinishReason;
            response.Usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? response.Usage;
            response.AdditionalProperties = update.AdditionalProperties ?? response.AdditionalProperties;
        }

        response.Messages.Add(new ChatMessage(ChatRole.Assistant, text.ToString()) { MessageId = messageId, CreatedAt = response.CreatedAt });
        return response;
    }

    /// <exception cref="ArgumentException">The messages or options are not valid.</exception>
    /// <exception cref="NotSupportedException">The request asks for what this model cannot do.</exception>
    /// <exception cref="ContextLengthExceededException">The conversation does not fit.</exception>
    /// <exception cref="EngineBusyException">Too many requests wait.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = ChatRequest.Create(engine, messages, options);
        return ReadAsync(engine.GenerateAsync(request, cancellationToken), request.TopLogprobs is not null, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(DecodeEngine) ? engine
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
    }

    private async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        IAsyncEnumerable<GenerationUpdate> updates, bool withLogprobs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (responseId, messageId, created) = ($"chatcmpl-{Guid.NewGuid():N}", $"msg-{Guid.NewGuid():N}", _time.GetUtcNow());
        var logprobs = new List<TokenLogprob>();
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            logprobs.AddRange(update.Logprobs);
            if (update.Text.Length > 0)
            {
                yield return Update(new TextContent(update.Text));
            }

            if (update.Result is { } result)
            {
                var last = Update(new UsageContent(new UsageDetails
                {
                    InputTokenCount = result.InputTokens,
                    OutputTokenCount = result.OutputTokens,
                    TotalTokenCount = result.InputTokens + result.OutputTokens,
                    CachedInputTokenCount = result.CachedTokens,
                }));
                last.AdditionalProperties = withLogprobs ? new() { [ChatOptionKeys.Logprobs] = logprobs } : null;
                last.FinishReason = result.Reason == StopReason.Length ? ChatFinishReason.Length : ChatFinishReason.Stop;
                yield return last;
            }
        }

        ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content])
        {
            ResponseId = responseId,
            MessageId = messageId,
            ModelId = engine.Model.Name,
            CreatedAt = created,
        };
    }
}
