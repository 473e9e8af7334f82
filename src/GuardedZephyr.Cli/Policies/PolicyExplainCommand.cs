using System.CommandLine;
using System.Text.Json;
using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.SemanticKernel;

namespace GuardedZephyr.Cli;

internal static class PolicyExplainCommand
{
    private const string Standard = "-";

    private static readonly Argument<string?> Text = new("TEXT") { Description = "The text to explain.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> In = new("--in") { Description = "File that holds the text; - is standard input.", HelpName = "FILE" };
    private static readonly Option<string> PolicyPath = new("--policy") { Description = "The policy that judges.", HelpName = "FILE", DefaultValueFactory = _ => new GuardedZephyrOptions().Policy.Path };
    private static readonly Option<Direction> WhichWay = new("--direction") { Description = "Which way the text travels: input, tool or output.", HelpName = "DIRECTION" };
    private static readonly Option<string?> Value = new("--value") { Description = "Explain this part of the text alone, wherever it stands.", HelpName = "PART" };
    private static readonly Option<bool> NoText = new("--no-text") { Description = "Offsets only: show nothing of the text." };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object instead of a tree." };

    public static Command Create()
    {
        WhichWay.AcceptOnlyFromAmong(Names.Of(Direction.Input), Names.Of(Direction.Tool), Names.Of(Direction.Output));
        var command = new Command(
            "explain",
            "Say why personal data in a text is found, why what looks like it is not, and what the harm classifier makes of the text. Nothing is recorded.\nExample: zephyr policy explain 'My SSN is 536-22-1234' --value 536-22-1234")
        {
            Text, In, PolicyPath, WhichWay, Value, NoText, Json,
        };
        command.Validators.Add(result =>
        {
            if (string.IsNullOrEmpty(result.GetValue(Text)) == (result.GetValue(In) is null))
            {
                result.AddError("Give either TEXT or '--in'.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var pipeline = GuardPipeline.Load(AssetPath.Resolve(parsed.GetValue(PolicyPath)!), new NoAuditLog(), AuditKey.Ephemeral());
        var text = parsed.GetValue(In) switch
        {
            null => parsed.GetValue(Text)!,
            Standard => await Console.In.ReadToEndAsync(cancellationToken),
            var file => await File.ReadAllTextAsync(file, cancellationToken),
        };
        var value = parsed.GetValue(Value);
        if (value is not null && (value.Length == 0 || !text.Contains(value, StringComparison.Ordinal)))
        {
            await error.WriteLineAsync("zephyr: the text does not hold what '--value' names.");
            return ZephyrCommand.Unusable;
        }

        var direction = parsed.GetValue(WhichWay);
        var found = await pipeline.FindSpansAsync(text, direction, cancellationToken);
        var report = ExplainReport.Of(pipeline.Policy, text, direction, found, value, withText: !parsed.GetValue(NoText)) with
        {
            Windows = [.. WindowLine.Explain(pipeline, GuardText.From(text), direction, message: null, cancellationToken)],
        };
        if (parsed.GetValue(Json))
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(report, CliJson.Lines.ExplainReport));
        }
        else
        {
            ExplainTree.Write(report, output);
        }

        return ZephyrCommand.Ok;
    }
}
