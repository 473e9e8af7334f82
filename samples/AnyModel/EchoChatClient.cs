using Microsoft.Extensions.AI;

namespace AnyModel;

/// <summary>Stands in for a model of any provider: says what it was sent, and writes to the console what that was.</summary>
internal sealed class EchoChatClient : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        string text = messages.Last().Text;
        Console.WriteLine($"the model sees: {text}");
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $"You said: {text}")));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetResponseAsync(messages, options, cancellationToken).Result.ToChatResponseUpdates().ToAsyncEnumerable();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
