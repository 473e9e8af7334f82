using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>What of a request may go to the model: fresh messages of role and enforced contents, and options judged field by field, with nothing else carried along.</summary>
internal sealed record GuardedRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    /// <returns>Null when a part of the request does not pass; <paramref name="turn"/> says which and why.</returns>
    public static async ValueTask<GuardedRequest?> JudgeAsync(
        GuardPipeline pipeline, GuardedTurn turn, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var texts = new RequestTexts(pipeline, turn);
        var fields = new GuardedOptions(turn, texts);
        var judge = new GuardedMessages(pipeline, turn, texts);

        // Values are numbered in the order in which the model reads them: instructions, messages, the rest.
        options = await fields.InstructionsAsync(options, cancellationToken);
        var enforced = new List<ChatMessage>();
        foreach (ChatMessage message in messages.TakeWhile(_ => turn.Blocking is null))
        {
            enforced.Add(await judge.JudgeAsync(enforced.Count, message, cancellationToken));
        }

        await fields.OthersAsync(options, cancellationToken);
        await turn.CommitAsync(cancellationToken);
        return turn.Blocking is null ? new GuardedRequest(enforced, options) : null;
    }

    /// <summary>The same request for a reply that may be broken off: the client is to tell what it cost.</summary>
    public GuardedRequest WithUsageSoFar()
    {
        ChatOptions options = Options?.Clone() ?? new ChatOptions();
        (options.AdditionalProperties ??= [])[Continuation.UsageKey] = true;
        return this with { Options = options };
    }

    /// <summary>The same request with the start of its reply, for a client that can go on from there.</summary>
    public GuardedRequest ContinueFrom(Continuation continuation)
    {
        ChatOptions options = Options?.Clone() ?? new ChatOptions();
        options.AdditionalProperties ??= [];
        options.AdditionalProperties[Continuation.ContinueKey] = true;
        options.AdditionalProperties[Continuation.NotBeginningKey] = continuation.Discarded;
        options.Seed += continuation.Try;
        return new GuardedRequest([.. Messages, new ChatMessage(ChatRole.Assistant, continuation.Text)], options);
    }
}
