using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.EndToEnd.Tests.Turns;

/// <summary>A model that keeps what reached it and answers with a prepared text, a few characters at a time.</summary>
internal sealed class RecordingChatClient(string reply) : IChatClient
{
    public List<string> Received { get; } = [];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Received.AddRange(messages.Select(message => message.Text));
        foreach (var part in reply.Chunk(5))
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, new string(part));
        }

        yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
