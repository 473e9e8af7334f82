using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Answers every request with the same chunks and keeps what it was asked.</summary>
internal sealed class ScriptedChatClient(params string[] chunks) : IChatClient
{
    public List<string> Received { get; } = [];

    public ChatOptions? Options { get; private set; }

    public int Yielded { get; private set; }

    /// <summary>Thrown after the last chunk when set.</summary>
    public Exception? Failure { get; init; }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Received.AddRange(messages.Select(message => $"{message.Role}: {message.Text}"));
        Options = options;
        foreach (string chunk in chunks)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            Yielded++;
            yield return new ChatResponseUpdate(ChatRole.Assistant, chunk)
            {
                ResponseId = "response-1",
                MessageId = "message-1",
                ModelId = "scripted",
                RawRepresentation = chunk,
                AdditionalProperties = new() { ["raw"] = chunk },
            };
        }

        if (Failure is not null)
        {
            throw Failure;
        }

        yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop, Contents = [new UsageContent(new UsageDetails { InputTokenCount = 7, OutputTokenCount = 5, TotalTokenCount = 12 })] };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
