using System.CommandLine;
using GuardedZephyr.Classification;

namespace GuardedZephyr.Bench;

internal static class ClassifierCommand
{
    private static readonly Option<FileInfo> Out = new("--out") { Description = "The report, Markdown; an HTML version is written beside it.", HelpName = "FILE", Required = true };
    private static readonly Option<DirectoryInfo> Model = new("--model") { Description = "The classifier's folder.", HelpName = "FOLDER", DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(RepositoryFolder.Root, "models", "harm-classifier")) };

    public static Command Create()
    {
        var command = new Command("classifier-speed", "Measure how fast texts are judged by the harm classifier, alone and with all that they may hide.") { Out, Model };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var classifier = HarmClassifier.Load(parsed.GetValue(Model)!.FullName);
        using var progress = new ProgressLine();
        var document = ClassifierReport.Write(classifier, new ClassifierRun(classifier, progress));
        var report = parsed.GetValue(Out)!;
        report.Directory!.Create();
        File.WriteAllText(report.FullName, document.ToMarkdown());
        File.WriteAllText(Path.ChangeExtension(report.FullName, "html"), document.ToHtml());
        Console.WriteLine(report.FullName);
        return 0;
    }
}
