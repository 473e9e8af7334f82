using System.Runtime.CompilerServices;
using GuardedZephyr.Guardrails;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Can continue a reply: the n-th time it is asked it gives the n-th script, a token a chunk. Keeps what it was asked to continue.</summary>
internal sealed class ContinuingChatClient(params string[][] scripts) : IChatClient
{
    public List<(string Start, string[] NotBeginning)> Asked { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    public bool CanContinue { get; init; } = true;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int turn = Asked.Count;
        bool continues = options?.AdditionalProperties?.GetValueOrDefault(Continuation.ContinueKey) is true;
        Asked.Add((continues ? messages.Last().Text : "", [.. options?.AdditionalProperties?.GetValueOrDefault(Continuation.NotBeginningKey) as IReadOnlyList<string> ?? []]));
        Options.Add(options);
        int written = 0;
        foreach (string chunk in scripts[turn])
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, chunk)
            {
                ResponseId = $"response-{turn}",
                MessageId = $"message-{turn}",
                AdditionalProperties = new() { [Continuation.UsageKey] = Usage(++written) },
            };
        }

        yield return new ChatResponseUpdate { FinishReason = ChatFinishReason.Stop, Contents = [new UsageContent(Usage(written))] };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => CanContinue && serviceKey is Continuation.ContinueKey ? this : null;

    public void Dispose()
    {
    }

    private static UsageDetails Usage(int written) => new() { InputTokenCount = 7, OutputTokenCount = written, TotalTokenCount = 7 + written };
}
