using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace GuardedZephyr.SemanticKernel;

/// <summary>A guarded chat client as a kernel's chat service. Its type tells the filters that what goes through it is judged there.</summary>
internal sealed class GuardedChatCompletionService(IChatClient guarded, IServiceProvider? services, Func<PromptExecutionSettings?, PromptExecutionSettings?> read) : IChatCompletionService
{
    private readonly IChatCompletionService _inner = new ReportingChatClient(guarded).AsChatCompletionService(services);

    public IReadOnlyDictionary<string, object?> Attributes => _inner.Attributes;

    public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
        _inner.GetChatMessageContentsAsync(chatHistory, read(executionSettings), kernel, cancellationToken);

    public IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
        _inner.GetStreamingChatMessageContentsAsync(chatHistory, read(executionSettings), kernel, cancellationToken);
}
