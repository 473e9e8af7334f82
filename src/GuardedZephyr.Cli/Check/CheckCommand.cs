using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text;
using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.SemanticKernel;

namespace GuardedZephyr.Cli;

internal static class CheckCommand
{
    private const string Standard = "-";

    private static readonly Option<string> PolicyFile = new("--policy") { Description = "The policy that judges.", HelpName = "FILE", DefaultValueFactory = _ => new GuardedZephyrOptions().Policy.Path };
    private static readonly Option<Direction> WhichWay = new("--direction") { Description = "Which way texts travel whose line does not say: input, tool or output.", HelpName = "DIRECTION" };
    private static readonly Option<string> In = new("--in") { Description = "Input lines; - is standard input.", HelpName = "FILE", DefaultValueFactory = _ => Standard };
    private static readonly Option<string> Out = new("--out") { Description = "Output lines; - is standard output.", HelpName = "FILE", DefaultValueFactory = _ => Standard };
    private static readonly Option<bool> Scores = new("--scores") { Description = "Give the highest score of each category." };

    public static Command Create()
    {
        WhichWay.AcceptOnlyFromAmong(Names.Of(Direction.Input), Names.Of(Direction.Tool), Names.Of(Direction.Output));
        var command = new Command(
            "check",
            "Judge texts: JSON lines in, JSON lines out, in the same order. Nothing is recorded.\nExample: echo '{\"text\":\"My SSN is 536-22-1234\"}' | zephyr check --policy policies/standard.yaml")
        {
            PolicyFile, WhichWay, In, Out, Scores,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var pipeline = GuardPipeline.Load(AssetPath.Resolve(parsed.GetValue(PolicyFile)!), new NoAuditLog(), AuditKey.Ephemeral());
        var checker = new LineChecker(pipeline, parsed.GetValue(WhichWay), parsed.GetValue(Scores));

        var inFile = parsed.GetValue(In)!;
        var outFile = parsed.GetValue(Out)!;
        await using var input = inFile == Standard ? Console.OpenStandardInput() : File.OpenRead(inFile);
        await using var output = outFile == Standard ? Console.OpenStandardOutput() : File.Create(outFile);
        using var reader = new StreamReader(input);
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };

        using var bar = new ProgressBar();
        var lines = 0;
        var allJudged = true;
        await foreach (var (line, judged) in CheckAllAsync(reader, checker, cancellationToken))
        {
            await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
            if (outFile == Standard)
            {
                await writer.FlushAsync(cancellationToken);
            }

            allJudged &= judged;
            lines++;
            if (input.CanSeek)
            {
                bar.Show(input.Position, input.Length, $"{lines} lines");
            }
        }

        return allJudged ? ZephyrCommand.Ok : ZephyrCommand.Found;
    }

    /// <summary>Keeps every core busy, and the order.</summary>
    private static async IAsyncEnumerable<(string Line, bool Judged)> CheckAllAsync(
        StreamReader reader, LineChecker checker, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = new Queue<Task<(string, bool)>>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            running.Enqueue(Task.Run(() => checker.CheckAsync(line, cancellationToken), cancellationToken));
            if (running.Count >= 2 * Environment.ProcessorCount)
            {
                yield return await running.Dequeue();
            }
        }

        while (running.TryDequeue(out var task))
        {
            yield return await task;
        }
    }
}
