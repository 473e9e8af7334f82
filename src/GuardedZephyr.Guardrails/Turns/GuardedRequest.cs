using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>What of a request may go to the model: fresh messages of role, enforced text, tool calls and results, with nothing else carried along.</summary>
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
            options!.Instructions = instructions = await JudgeTextAsync(pipeline, turn, null, Direction.Input, instructions, seenByUser: false, cancellationToken);
        }

        var tools = new ToolJudge(pipeline, turn);
        var enforced = new List<ChatMessage>();
        foreach (ChatMessage message in messages.TakeWhile(_ => turn.Blocking is null))
        {
            enforced.Add(new ChatMessage(message.Role, await JudgeMessageAsync(pipeline, turn, tools, enforced.Count, message, cancellationToken)));
        }

        await turn.CommitAsync(cancellationToken);
        return turn.Blocking is null ? new GuardedRequest(enforced, options) : null;
    }

    /// <returns>The message's text in one piece, then its tool calls and results; less than that when something does not pass.</returns>
    private static async ValueTask<List<AIContent>> JudgeMessageAsync(
        GuardPipeline pipeline, GuardedTurn turn, ToolJudge tools, int index, ChatMessage message, CancellationToken cancellationToken)
    {
        Direction direction = message.Role == ChatRole.Assistant ? Direction.Output
            : message.Role == ChatRole.Tool ? Direction.Tool
            : Direction.Input;
        ILookup<bool, AIContent> byTool = message.Contents.ToLookup(ToolJudge.Takes);
        if (byTool[false].Any(content => content is not TextContent))
        {
            turn.Add(TurnPart.Request, direction, index, message.Text, 0, Unjudged.NotText, TimeSpan.Zero);
            return [];
        }

        var enforced = new List<AIContent>();
        if (byTool[false].Any() || !byTool[true].Any())
        {
            bool seenByUser = message.Role == ChatRole.User || message.Role == ChatRole.Assistant;
            enforced.Add(new TextContent(await JudgeTextAsync(pipeline, turn, index, direction, message.Text, seenByUser, cancellationToken)));
        }

        foreach (AIContent content in byTool[true].TakeWhile(_ => turn.Blocking is null))
        {
            if (await tools.JudgeAsync(content, TurnPart.Request, index, cancellationToken) is { } judged)
            {
                enforced.Add(judged);
            }
        }

        return enforced;
    }

    private static async ValueTask<string?> JudgeTextAsync(
        GuardPipeline pipeline, GuardedTurn turn, int? index, Direction direction, string text, bool seenByUser, CancellationToken cancellationToken)
    {
        long started = pipeline.Time.GetTimestamp();
        Judgement judgement = await pipeline.JudgeAsync(text, direction, turn.Pseudonyms, seenByUser, cancellationToken);
        turn.Add(TurnPart.Request, direction, index, text, 0, judgement, pipeline.Time.GetElapsedTime(started));
        return judgement.EnforcedText;
    }
}
