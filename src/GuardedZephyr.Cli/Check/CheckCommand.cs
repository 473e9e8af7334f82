using System.CommandLine;
using System.Text;
using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.SemanticKernel;

namespace GuardedZephyr.Cli;

internal static class CheckCommand
{
    private const string Standard = "-";
    private const int BufferSize = 1 << 16;

    private static readonly Option<string> PolicyFile = new("--policy") { Description = "The policy that judges.", HelpName = "FILE", DefaultValueFactory = _ => new GuardedZephyrOptions().Policy.Path };
    private static readonly Option<Direction> WhichWay = new("--direction") { Description = "Which way texts travel whose line does not say: input, tool or output.", HelpName = "DIRECTION" };
    private static readonly Option<string> In = new("--in") { Description = "Input lines; - is standard input.", HelpName = "FILE", DefaultValueFactory = _ => Standard };
    private static readonly Option<string> Out = new("--out") { Description = "Output lines; - is standard output.", HelpName = "FILE", DefaultValueFactory = _ => Standard };
    private static readonly Option<bool> Scores = new("--scores") { Description = "Give the highest score of each category." };

    private static readonly Option<bool> Explain = new("--explain") { Description = "Say which windows of the text, read how, the harm classifier gave which scores." };

    public static Command Create()
    {
        WhichWay.AcceptOnlyFromAmong(Names.Of(Direction.Input), Names.Of(Direction.Tool), Names.Of(Direction.Output));
        var command = new Command(
            "check",
            "Judge texts: JSON lines in, JSON lines out, in the same order. Nothing is recorded.\nExample: echo '{\"text\":\"My SSN is 536-22-1234\"}' | zephyr check --policy policies/standard.yaml")
        {
            PolicyFile, WhichWay, In, Out, Scores, Explain,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var pipeline = GuardPipeline.Load(AssetPath.Resolve(parsed.GetValue(PolicyFile)!), new NoAuditLog(), AuditKey.Ephemeral());
        var checker = new LineChecker(pipeline, parsed.GetValue(WhichWay), parsed.GetValue(Scores), parsed.GetValue(Explain));

        var inFile = parsed.GetValue(In)!;
        var outFile = parsed.GetValue(Out)!;
        await using var input = inFile == Standard ? Console.OpenStandardInput() : File.OpenRead(inFile);
        await using var output = outFile == Standard ? Console.OpenStandardOutput() : File.Create(outFile);
        using var reader = new StreamReader(input, bufferSize: BufferSize);
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize);

        using var bar = ProgressBar.OnErrorStream();
        var allJudged = await new CheckRun(checker).RunAsync(reader, writer, ShowProgress, cancellationToken);
        return allJudged ? ZephyrCommand.Ok : ZephyrCommand.Found;

        void ShowProgress(long lines)
        {
            if (input.CanSeek)
            {
                bar.Show(input.Position, input.Length, bar.Counted(lines, "lines"));
            }
            else
            {
                bar.Count(lines, "lines");
            }
        }
    }
}
