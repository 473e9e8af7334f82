using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Answers one request after the other with the contents that it was given, as a model that calls tools does. Remembers what it was sent.</summary>
internal sealed class SequenceChatClient(params AIContent[][] replies) : IChatClient
{
    private int _next;

    /// <summary>One string a message: role, then text, calls and results.</summary>
    public List<string> Received { get; } = [];

    public int Requests => _next;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Received.AddRange(messages.Select(message => $"{message.Role}: {string.Join(" | ", message.Contents.Select(Describe))}"));
        AIContent[] reply = replies[_next++];
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [.. reply]) { MessageId = $"message-{_next}" })
        {
            FinishReason = reply.OfType<FunctionCallContent>().Any() ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            ResponseId = $"response-{_next}",
            ModelId = "sequence",
            ConversationId = options?.ConversationId,
            Usage = new UsageDetails { InputTokenCount = 7, OutputTokenCount = 5, TotalTokenCount = 12 },
        });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetResponseAsync(messages, options, cancellationToken).Result.ToChatResponseUpdates().ToAsyncEnumerable();

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("sequence", defaultModelId: "sequence") : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    public static string Describe(AIContent content) => content switch
    {
        TextContent text => text.Text,
        FunctionCallContent call => $"{call.Name}({JsonSerializer.Serialize(call.Arguments, Relaxed)})",
        FunctionResultContent result => $"={JsonSerializer.Serialize(result.Result, Relaxed)}",
        _ => content.GetType().Name,
    };

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
