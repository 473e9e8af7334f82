using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails.Reliability;

/// <summary>Gives a script's reply, and counts its streams.</summary>
internal sealed class ScriptModel(TurnScript script, Action called) : IChatClient
{
    public string? Received { get; private set; }

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        called();
        Opened++;
        try
        {
            Received = string.Join('\n', messages.Select(message => message.Text));
            foreach (string chunk in script.Reply)
            {
                await Task.CompletedTask;
                cancellationToken.ThrowIfCancellationRequested();
                yield return new ChatResponseUpdate(ChatRole.Assistant, chunk);
            }
        }
        finally
        {
            Closed++;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
