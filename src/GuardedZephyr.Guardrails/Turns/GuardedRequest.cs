using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>What of a request may go to the model: fresh messages of role and enforced text, with nothing else carried along.</summary>
internal sealed record GuardedRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    /// <returns>Null when a text of the request does not pass; <paramref name="turn"/> says which and why.</returns>
    public static async ValueTask<GuardedRequest?> JudgeAsync(
        GuardPipeline pipeline, GuardedTurn turn, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        options = options?.Clone();
        options?.AdditionalProperties?.Remove(GuardrailsChatClient.TurnKey);

        string? instructions = options?.Instructions;
        if (!string.IsNullOrEmpty(instructions))
        {
            options!.Instructions = instructions = await JudgeTextAsync(pipeline, turn, null, Direction.Input, turn.Conversation.Next(ChatRole.System, instructions), seenByUser: false, cancellationToken);
        }

        var enforced = new List<ChatMessage>();
        foreach (ChatMessage message in messages.TakeWhile(_ => turn.Blocking is null))
        {
            string? text = await JudgeMessageAsync(pipeline, turn, enforced.Count, message, cancellationToken);
            enforced.Add(new ChatMessage(message.Role, text));
        }

        await turn.CommitAsync(cancellationToken);
        return turn.Blocking is null ? new GuardedRequest(enforced, options) : null;
    }

    private static ValueTask<string?> JudgeMessageAsync(GuardPipeline pipeline, GuardedTurn turn, int index, ChatMessage message, CancellationToken cancellationToken)
    {
        Direction direction = message.Role == ChatRole.Assistant ? Direction.Output
            : message.Role == ChatRole.Tool ? Direction.Tool
            : Direction.Input;

        if (message.Contents.All(content => content is TextContent))
        {
            bool seenByUser = message.Role == ChatRole.User || message.Role == ChatRole.Assistant;
            return JudgeTextAsync(pipeline, turn, index, direction, turn.Conversation.Next(message.Role, message.Text), seenByUser, cancellationToken);
        }

        turn.Add(TurnPart.Request, direction, index, message.Text, 0, Unjudged.NotText, TimeSpan.Zero);
        return ValueTask.FromResult<string?>(null);
    }

    private static async ValueTask<string?> JudgeTextAsync(
        GuardPipeline pipeline, GuardedTurn turn, int? index, Direction direction, GuardText text, bool seenByUser, CancellationToken cancellationToken)
    {
        long started = pipeline.Time.GetTimestamp();
        Judgement judgement = await pipeline.JudgeAsync(text, direction, turn.Pseudonyms, seenByUser, onlyUntilSettled: true, turn.NewDeadline(), cancellationToken);
        turn.Add(TurnPart.Request, direction, index, text.Original, 0, judgement, pipeline.Time.GetElapsedTime(started));
        return judgement.EnforcedText;
    }
}
