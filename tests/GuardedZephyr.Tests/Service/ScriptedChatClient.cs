using System.Runtime.CompilerServices;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Service;

/// <summary>Gives prepared updates and, when none of them has one, a report of the guard that all passed, after which it fails or never ends if told so, and keeps what it was asked.</summary>
internal sealed class ScriptedChatClient(params ChatResponseUpdate[] updates) : IChatClient
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Exception? Failure { get; init; }

    public bool NeverEnds { get; init; }

    public bool IsUnguarded { get; init; }

    public IReadOnlyList<ChatMessage> Messages { get; private set; } = [];

    public ChatOptions? Options { get; private set; }

    public Task Asked => _asked.Task;

    /// <summary>Completes when a caller cancelled a reply that never ends.</summary>
    public Task Cancelled => _cancelled.Task;

    public static ChatResponseUpdate Text(string text) => new(ChatRole.Assistant, text);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (Messages, Options) = ([.. messages], options);
        _asked.TrySetResult();
        foreach (var update in updates)
        {
            yield return update;
        }

        if (NeverEnds)
        {
            using var registration = cancellationToken.Register(_cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (Failure is not null)
        {
            throw Failure;
        }

        if (!IsUnguarded && updates.All(update => update.AdditionalProperties?.ContainsKey(GuardReport.Key) is not true))
        {
            yield return new ChatResponseUpdate { AdditionalProperties = new() { [GuardReport.Key] = SomeReport.Of(Outcome.Allowed, RuleAction.Allow) } };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
