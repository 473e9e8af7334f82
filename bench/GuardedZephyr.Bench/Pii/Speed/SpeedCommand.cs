using System.CommandLine;
using System.Text.Json;
using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Bench;

internal static class SpeedCommand
{
    private const int Seed = 1;
    private const int LeastRounds = 5;

    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "Folder with train/ and dev-only/.", HelpName = "FOLDER", Required = true };
    private static readonly Option<FileInfo> Out = new("--out") { Description = "The report, Markdown; an HTML version is written beside it.", HelpName = "FILE", Required = true };
    private static readonly Option<DirectoryInfo> Policies = new("--policies") { Description = "Folder with pii/: all its packs are on.", HelpName = "FOLDER", DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(RepositoryFolder.Root, "policies")) };
    private static readonly Option<int> Rounds = new("--rounds") { Description = $"At least {LeastRounds}.", HelpName = "N", DefaultValueFactory = _ => 7 };
    private static readonly Option<int> Count = new("--messages") { Description = "Messages of either sort.", HelpName = "N", DefaultValueFactory = _ => 2000 };

    public static Command Create()
    {
        Rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < LeastRounds)
            {
                result.AddError($"--rounds must be at least {LeastRounds}.");
            }
        });
        var command = new Command("pii-speed", "Measure how fast personal data is hidden, beside the npm packages redact-pii and openredaction.") { Data, Out, Policies, Rounds, Count };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var scanner = AllPacks.Load(parsed.GetValue(Policies)!.FullName);
        var messages = Messages.Make(new DataFolder(parsed.GetValue(Data)!), scanner, parsed.GetValue(Count), Seed);
        var rounds = parsed.GetValue(Rounds);
        var run = new SpeedRun(scanner, messages);
        var file = Path.GetTempFileName();
        Document document;
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(new Dictionary<string, IReadOnlyList<string>> { [SpeedRun.Clean] = messages.Clean, [SpeedRun.Dirty] = messages.Dirty }));
            var beside = Peers.Start(file);
            using var peers = beside.Peers;
            using var progress = new ProgressLine();
            run.Execute(rounds, peers, progress);
            document = SpeedReport.Write(scanner, run, messages.Clean.Count, rounds, beside, LongTextRun.Execute(scanner, messages.Clean, Seed, progress));
        }
        finally
        {
            File.Delete(file);
        }

        var report = parsed.GetValue(Out)!;
        report.Directory!.Create();
        File.WriteAllText(report.FullName, document.ToMarkdown());
        File.WriteAllText(Path.ChangeExtension(report.FullName, "html"), document.ToHtml());
        Console.WriteLine(report.FullName);
        return 0;
    }
}
