using System.Text.Json;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Cli;

/// <summary>Judges one line. Thread-safe.</summary>
internal sealed class LineChecker(GuardPipeline pipeline, Direction defaultDirection, bool withScores, bool withExplanation = false)
{
    /// <summary>What is wrong with a line that has no texts.</summary>
    public const string Needs = "needs 'text', or 'messages' with a role of system, user, assistant or tool and content; 'direction' is input, tool or output";

    /// <returns>The output line, and whether the input line could be judged.</returns>
    public async Task<(string Line, bool Judged)> CheckAsync(string line, CancellationToken cancellationToken)
    {
        CheckInput? input;
        try
        {
            input = JsonSerializer.Deserialize(line, CliJson.Default.CheckInput);
        }
        catch (JsonException exception)
        {
            return Error(null, exception.InnerException is JsonException ? $"not valid JSON at byte {exception.BytePositionInLine + 1}" : $"wrong type at {exception.Path}");
        }

        if (Texts(input, defaultDirection) is not { } texts)
        {
            return Error(input?.Id, Needs);
        }

        var judgements = new List<Judgement>();
        var pseudonyms = new Pseudonyms(pipeline.Policy);
        var isChat = input!.Messages is not null;
        var windows = new List<WindowLine>();
        foreach (var (text, direction) in texts)
        {
            judgements.Add(await pipeline.JudgeAsync(text, direction, pseudonyms, cancellationToken));
            if (withExplanation)
            {
                windows.AddRange(WindowLine.Explain(pipeline, text, direction, isChat ? judgements.Count - 1 : null, cancellationToken));
            }
        }

        var result = CheckResult.From(input.Id, judgements, isChat, withScores) with { Explain = withExplanation ? windows : null };
        return (JsonSerializer.Serialize(result, CliJson.Lines.CheckResult), true);
    }

    /// <summary>The texts of a line, in their order, each with what came before it; null when it has none that can be judged.</summary>
    public static IReadOnlyList<(GuardText Text, Direction Direction)>? Texts(CheckInput? input, Direction defaultDirection)
    {
        if (input is { Text: { } text, Messages: null })
        {
            var guarded = GuardText.From(text);
            return input.Direction is null ? [(guarded, defaultDirection)] : ParseDirection(input.Direction) is { } direction ? [(guarded, direction)] : null;
        }

        if (input is not { Text: null, Messages.Count: > 0 })
        {
            return null;
        }

        var texts = new List<(GuardText, Direction)>();
        var conversation = new Conversation();
        foreach (var message in input.Messages)
        {
            if (message?.Content is null || OfRole(message.Role) is not { } direction)
            {
                return null;
            }

            texts.Add((conversation.Next(new ChatRole(message.Role!), message.Content), direction));
        }

        return texts;
    }

    private static Direction? ParseDirection(string direction) => direction switch
    {
        "input" => Direction.Input,
        "tool" => Direction.Tool,
        "output" => Direction.Output,
        _ => null,
    };

    private static Direction? OfRole(string? role) => role switch
    {
        "system" or "user" => Direction.Input,
        "tool" => Direction.Tool,
        "assistant" => Direction.Output,
        _ => null,
    };

    private static (string Line, bool Judged) Error(JsonElement? id, string error) => (JsonSerializer.Serialize(new CheckError(id, error), CliJson.Lines.CheckError), false);
}
