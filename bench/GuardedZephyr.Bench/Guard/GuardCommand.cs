using System.CommandLine;

namespace GuardedZephyr.Bench;

/// <summary>What the guard costs a turn: time before the model is called, share of the turn, memory, history, and how much it can do at all.</summary>
internal static class GuardCommand
{
    private const int LeastRounds = 5;

    private static readonly Option<FileInfo> Out = new("--out") { Description = "The report, Markdown; an HTML version is written beside it.", HelpName = "FILE", Required = true };
    private static readonly Option<int> Rounds = new("--rounds") { Description = $"At least {LeastRounds}.", HelpName = "N", DefaultValueFactory = _ => 7 };
    private static readonly Option<int> Turns = new("--turns") { Description = "Turns of each measurement of one round.", HelpName = "N", DefaultValueFactory = _ => 200 };

    public static Command Create()
    {
        Rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < LeastRounds)
            {
                result.AddError($"--rounds must be at least {LeastRounds}.");
            }
        });
        var command = new Command("guard-speed", "Measure what the guard costs a turn, with the standard policy.") { Out, Rounds, Turns };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (rounds, turns) = (parsed.GetValue(Rounds), parsed.GetValue(Turns));
        using var progress = new ProgressLine();
        using var policies = new CopiedPolicies();
        var run = new GuardRun(policies, turns);
        await run.ExecuteAsync(rounds, progress, cancellationToken);

        var document = GuardSpeedReport.Write(run, rounds, turns);
        var report = parsed.GetValue(Out)!;
        report.Directory!.Create();
        await File.WriteAllTextAsync(report.FullName, document.ToMarkdown(), cancellationToken);
        await File.WriteAllTextAsync(Path.ChangeExtension(report.FullName, "html"), document.ToHtml(), cancellationToken);
        Console.WriteLine(report.FullName);
        return 0;
    }
}
