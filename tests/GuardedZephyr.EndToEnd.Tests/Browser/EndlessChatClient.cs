using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.EndToEnd.Tests.Browser;

/// <summary>Says one thing, and then never ends until it is cancelled.</summary>
internal sealed class EndlessChatClient(string beginning) : IChatClient
{
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Cancelled => _cancelled.Task;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, beginning);
        using var registration = cancellationToken.Register(_cancelled.SetResult);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
