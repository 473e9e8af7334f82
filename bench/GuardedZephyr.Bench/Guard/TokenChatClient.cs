using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Bench;

/// <summary>Gives a reply token by token, taking no time, and knows when it was asked.</summary>
internal sealed class TokenChatClient(string reply, int tokens) : IChatClient
{
    /// <summary>Of <see cref="Stopwatch"/>.</summary>
    public long AskedAt { get; private set; }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AskedAt = Stopwatch.GetTimestamp();
        for (int token = 0; token < tokens; token++)
        {
            int start = (int)((long)reply.Length * token / tokens);
            yield return new ChatResponseUpdate(ChatRole.Assistant, reply[start..(int)((long)reply.Length * (token + 1) / tokens)]);
        }

        await Task.CompletedTask;
        yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
