using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Answers with the same contents, one an update, and keeps what it was asked.</summary>
internal sealed class ContentChatClient(params AIContent[] contents) : IChatClient
{
    public IReadOnlyList<ChatMessage>? Received { get; private set; }

    public ChatOptions? Options { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        (Received, Options) = ([.. messages], options);
        return contents.Select(content => new ChatResponseUpdate(ChatRole.Assistant, [content]) { MessageId = "message-1" }).ToAsyncEnumerable();
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
