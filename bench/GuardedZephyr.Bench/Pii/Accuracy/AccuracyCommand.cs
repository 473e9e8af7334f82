using System.CommandLine;
using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Bench;

internal static class AccuracyCommand
{
    private static readonly Option<DirectoryInfo> Data = new("--data") { Description = "Folder with train/ and dev-only/.", HelpName = "FOLDER", Required = true };
    private static readonly Option<FileInfo> Out = new("--out") { Description = "The report, Markdown; its picture and an HTML version are written beside it.", HelpName = "FILE", Required = true };
    private static readonly Option<string> PolicyFile = new("--policy") { Description = "The policy whose detectors and rules are measured.", HelpName = "FILE", DefaultValueFactory = _ => Path.Combine(RepositoryFolder.Root, "policies", "standard.yaml") };
    private static readonly Option<FileInfo?> Errors = new("--errors") { Description = "Misses and false alarms with their texts, JSON lines; outside any working copy.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command("pii-accuracy", "Measure how much personal data a policy finds, and how much it takes for such that is none.") { Data, Out, PolicyFile, Errors };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var data = new DataFolder(parsed.GetValue(Data)!);
        var scanner = new PiiScanner(parsed.GetValue(PolicyFile)!);
        var labelled = new LabelledRun();
        var benign = new BenignRun();
        using (var progress = new ProgressLine())
        using (var errors = parsed.GetValue(Errors) is { } file ? new ErrorList(file) : null)
        {
            labelled.Scan(data, scanner, progress, errors);
            benign.Scan(data, scanner, progress, errors);
        }

        var report = parsed.GetValue(Out)!;
        var picture = Path.ChangeExtension(report.FullName, "svg");
        var svg = BarChart.Write("Precision and recall by kind", [.. labelled.Kinds.Select(kind => (kind.Name, labelled.Count(kind: kind)))]);
        var document = AccuracyReport.Write(scanner, labelled, benign, Path.GetFileName(picture), svg);
        report.Directory!.Create();
        File.WriteAllText(report.FullName, document.ToMarkdown());
        File.WriteAllText(Path.ChangeExtension(report.FullName, "html"), document.ToHtml());
        File.WriteAllText(picture, svg);
        var (texts, _, changed) = benign.Count();
        Console.WriteLine($"{report.FullName}: recall {Cells.Share(labelled.Sum().Recall)}, {changed} of {texts} benign texts changed");
        return 0;
    }
}
