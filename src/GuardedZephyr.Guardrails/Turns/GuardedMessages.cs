using System.Text.Json;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>Judges the messages of a request: texts, reasoning, function calls and their results, and the name of who speaks. Other contents do not pass.</summary>
internal sealed class GuardedMessages(GuardPipeline pipeline, GuardedTurn turn, RequestTexts texts)
{
    /// <returns>A fresh message; of no use when the turn has a blocking verdict afterwards.</returns>
    public async ValueTask<ChatMessage> JudgeAsync(int index, ChatMessage message, CancellationToken cancellationToken)
    {
        Direction direction = message.Role == ChatRole.Assistant ? Direction.Output
            : message.Role == ChatRole.Tool ? Direction.Tool
            : Direction.Input;
        bool seenByUser = message.Role == ChatRole.User || message.Role == ChatRole.Assistant;
        bool isSystem = !seenByUser && message.Role != ChatRole.Tool;
        var enforced = new ChatMessage { Role = message.Role };
        if (isSystem && pipeline.Policy.ClientSystem == ClientSystem.Forbid)
        {
            turn.Add(TurnPart.Request, direction, index, message.Text, 0, Forbidden, TimeSpan.Zero);
            return enforced;
        }

        bool trusted = isSystem && pipeline.Policy.ClientSystem == ClientSystem.Allow;
        if (!string.IsNullOrEmpty(message.AuthorName))
        {
            enforced.AuthorName = await texts.TextAsync(direction, index, message.AuthorName, seenByUser: false, cancellationToken, trusted);
        }

        // A text in several parts is one text: what stands across them is found.
        if (message.Contents.Count == 0 || message.Contents.Any(content => content is TextContent))
        {
            enforced.Contents.Add(new TextContent(await texts.TextAsync(direction, index, turn.Conversation.Next(message.Role, message.Text), seenByUser, cancellationToken, trusted)));
        }

        if (message.Contents.OfType<TextReasoningContent>().ToArray() is { Length: > 0 } reasoning)
        {
            string text = string.Concat(reasoning.Select(content => content.Text));
            enforced.Contents.Add(new TextReasoningContent(await texts.TextAsync(direction, index, text, seenByUser: false, cancellationToken, trusted)));
        }

        foreach (AIContent content in message.Contents.Where(content => content is not (TextContent or TextReasoningContent)))
        {
            if (turn.Blocking is null && await JudgeAsync(index, direction, content, cancellationToken) is { } passed)
            {
                enforced.Contents.Add(passed);
            }
        }

        return enforced;
    }

    private static Judgement Forbidden { get; } = new(
        new Verdict { Outcome = Outcome.Blocked, Action = RuleAction.Block, Rules = [Policy.ClientSystemRule], Findings = [] }, EnforcedText: null);

    /// <returns>Null when it does not pass.</returns>
    private async ValueTask<AIContent?> JudgeAsync(int index, Direction direction, AIContent content, CancellationToken cancellationToken)
    {
        switch (content)
        {
            case FunctionCallContent call when FunctionCalls.IsReadable(call):
                JsonJudge.Enforced? made = await texts.JsonAsync(Direction.Output, index, FunctionCalls.ToJson(call), FunctionCalls.Names, cancellationToken);
                return made is null ? null : FunctionCalls.FromJson(call, made.Node);
            case FunctionResultContent result when FunctionCalls.IsId(result.CallId):
                return await ResultAsync(index, result, cancellationToken);
            default:
                texts.Unreadable(direction, index);
                return null;
        }
    }

    /// <summary>A function's result is foreign text, whoever's message it is in.</summary>
    private async ValueTask<FunctionResultContent?> ResultAsync(int index, FunctionResultContent result, CancellationToken cancellationToken)
    {
        switch (FunctionCalls.TextOf(result.Result))
        {
            case { } text:
                return await texts.TextAsync(Direction.Tool, index, text, seenByUser: false, cancellationToken) is { } enforced ? new FunctionResultContent(result.CallId, enforced) : null;
            case null when result.Result is AIContent or IEnumerable<AIContent>:
                texts.Unreadable(Direction.Tool, index);
                return null;
            default:
                JsonJudge.Enforced? json = await texts.JsonAsync(Direction.Tool, index, result.Result, [], cancellationToken);
                return json is null ? null : new FunctionResultContent(result.CallId, json.Node is { } node ? JsonSerializer.SerializeToElement(node, AIJsonUtilities.DefaultOptions) : null);
        }
    }
}
