using System.Text.Json;
using System.Text.Json.Nodes;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// Judges the tool calls and tool results of a turn: calls as <see cref="Direction.Output"/>, for the model or a client wrote them; results as
/// <see cref="Direction.Tool"/>. What goes on is fresh content with enforced names, values and results. Findings count from <see cref="ToolText.Text"/>.
/// </summary>
internal sealed class ToolJudge(GuardPipeline pipeline, GuardedTurn turn)
{
    private const int LongestId = 256;
    private const string FurtherIdCharacters = "_-.:|";

    private readonly Operators _operators = pipeline.OperatorsWith(turn.Pseudonyms);

    /// <summary>Whether <see cref="JudgeAsync"/> knows how to judge the content.</summary>
    public static bool Takes(AIContent content) => content is FunctionCallContent or FunctionResultContent;

    /// <param name="message">Index of the request's message; null for the reply.</param>
    /// <returns>Null when the content does not pass; the turn says why.</returns>
    public async ValueTask<AIContent?> JudgeAsync(AIContent content, TurnPart part, int? message, CancellationToken cancellationToken) => content switch
    {
        FunctionCallContent call => await JudgeCallAsync(call, part, message, cancellationToken),
        FunctionResultContent result => await JudgeResultAsync(result, part, message, cancellationToken),
        _ => throw new ArgumentException($"{content.GetType().Name} is neither a tool call nor a tool result", nameof(content)),
    };

    private async ValueTask<FunctionCallContent?> JudgeCallAsync(FunctionCallContent call, TurnPart part, int? message, CancellationToken cancellationToken)
    {
        if (!IsId(call.CallId) || !TryRead(call.Arguments, out JsonNode? arguments))
        {
            return Refuse<FunctionCallContent>(part, Direction.Output, message);
        }

        if (await EnforceAsync(ToolText.OfCall(call.Name, arguments), Direction.Output, part, message, cancellationToken) is not var (name, value))
        {
            return null;
        }

        // The exception of arguments that are no JSON quotes them.
        var judged = new FunctionCallContent(call.CallId, name!, (value as JsonObject)?.ToDictionary(argument => argument.Key, argument => ToPlain(argument.Value)))
        {
            InformationalOnly = call.InformationalOnly,
            Exception = call.Exception is null ? null : new InvalidOperationException("The arguments of the tool call are not valid JSON."),
        };
        return judged;
    }

    private async ValueTask<FunctionResultContent?> JudgeResultAsync(FunctionResultContent result, TurnPart part, int? message, CancellationToken cancellationToken)
    {
        if (!IsId(result.CallId) || !TryRead(result.Result, out JsonNode? value))
        {
            return Refuse<FunctionResultContent>(part, Direction.Tool, message);
        }

        return await EnforceAsync(ToolText.OfResult(value), Direction.Tool, part, message, cancellationToken) is var (_, enforced)
            ? new FunctionResultContent(result.CallId, ToPlain(enforced))
            : null;
    }

    private async ValueTask<(string? Name, JsonNode? Value)?> EnforceAsync(ToolText text, Direction direction, TurnPart part, int? message, CancellationToken cancellationToken)
    {
        // The model's own call may say what its reply may: the user's own values, as they are and for their placeholders.
        bool isReply = part == TurnPart.Reply && direction == Direction.Output;
        long started = pipeline.Time.GetTimestamp();
        Judgement judgement = await pipeline.JudgeAsync(text.Text, direction, turn.Pseudonyms, seenByUser: false, cancellationToken);
        if (isReply)
        {
            judgement = judgement with { Replacements = [.. judgement.Replacements.Where(replacement => !_operators.LeavesInReply(text.Text, replacement))] };
            if (judgement is { Verdict.Outcome: Outcome.Modified, Replacements.Count: 0 })
            {
                judgement = judgement with { Verdict = judgement.Verdict with { Outcome = Outcome.Allowed } };
            }
        }

        turn.Add(part, direction, message, text.Text, 0, judgement, pipeline.Time.GetElapsedTime(started));
        return judgement.Verdict.Passes ? text.With(Enforce) : null;

        string Enforce(int start, int length)
        {
            Replacement[] inside = [.. judgement.Replacements.Select(replacement => replacement.Within(start, start + length)).Where(replacement => replacement.Length > 0)];
            string piece = text.Text.Substring(start, length);
            return isReply ? _operators.ApplyToReply(piece, inside) : _operators.ApplyToRequest(piece, inside);
        }
    }

    private T? Refuse<T>(TurnPart part, Direction direction, int? message) where T : class
    {
        turn.Add(part, direction, message, "", 0, Unjudged.NotText, TimeSpan.Zero);
        return null;
    }

    /// <summary>Ids tie results to calls, so they stay; what is no id could be text.</summary>
    private static bool IsId(string id) => id.Length <= LongestId && id.All(character => char.IsAsciiLetterOrDigit(character) || FurtherIdCharacters.Contains(character));

    /// <summary>Reads what a provider's client would send. False for what is not text or cannot be read.</summary>
    private static bool TryRead(object? value, out JsonNode? node)
    {
        node = null;
        if (value is AIContent or IEnumerable<AIContent>)
        {
            AIContent[] contents = value as AIContent is { } single ? [single] : [.. (IEnumerable<AIContent>)value];
            node = string.Concat(contents.OfType<TextContent>().Select(content => content.Text));
            return contents.All(content => content is TextContent);
        }

        try
        {
            node = value is null ? null : JsonSerializer.SerializeToNode(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType()));
            return true;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static object? ToPlain(JsonNode? node) => node is null ? null
        : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>()
        : JsonSerializer.SerializeToElement(node, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonNode)));
}
