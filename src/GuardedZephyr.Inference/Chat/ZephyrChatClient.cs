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
            response.AdditionalProperties = update.FinishReason is null ? null : update.AdditionalProperties;
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
        ArgumentNullException.ThrowIfNull(messages);
        List<ChatMessage> list = [.. messages];
        var beginning = ReplyBeginning.Of(list, options);
        var request = ChatRequest.Create(engine, list, beginning, options);
        var tellsUsage = options?.AdditionalProperties?.GetValueOrDefault(ChatOptionKeys.UsageSoFar) is true;
        return ReadAsync(engine.GenerateAsync(request, cancellationToken), request, beginning.Spaces, tellsUsage, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is ChatOptionKeys.ContinueFinalMessage && serviceType == typeof(IChatClient) ? this
            : serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(DecodeEngine) ? engine
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
    }

    private async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        IAsyncEnumerable<GenerationUpdate> updates, GenerationRequest request, int spaces, bool tellsUsage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (responseId, messageId, created) = ($"chatcmpl-{Guid.NewGuid():N}", $"msg-{Guid.NewGuid():N}", _time.GetUtcNow());
        var logprobs = new List<TokenLogprob>();
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            logprobs.AddRange(update.Logprobs);
            var text = update.Text.AsSpan();
            for (; spaces > 0 && text.StartsWith(' '); spaces--)
            {
                text = text[1..];
            }

            spaces = text.IsEmpty ? spaces : 0;
            if (!text.IsEmpty)
            {
                var piece = Update(new TextContent(text.ToString()));
                piece.AdditionalProperties = tellsUsage ? new() { [ChatOptionKeys.UsageSoFar] = Usage(update.Written, cached: null) } : null;
                yield return piece;
            }

            if (update.Result is { } result)
            {
                var last = Update(new UsageContent(Usage(result.OutputTokens, result.CachedTokens)));
                last.AdditionalProperties = request.TopLogprobs is not null ? new() { [ChatOptionKeys.Logprobs] = logprobs } : null;
                last.FinishReason = result.Reason == StopReason.Length ? ChatFinishReason.Length : ChatFinishReason.Stop;
                yield return last;
            }
        }

        // The start of a reply that is continued was counted as output when it was written.
        UsageDetails Usage(int written, int? cached)
        {
            var prompt = request.Prompt.Count - request.ReplyStart;
            return new UsageDetails
            {
                InputTokenCount = prompt,
                OutputTokenCount = written,
                TotalTokenCount = prompt + written,
                CachedInputTokenCount = cached is { } tokens ? Math.Min(tokens, prompt) : null,
            };
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
