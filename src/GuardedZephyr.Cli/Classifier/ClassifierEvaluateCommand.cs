using System.CommandLine;
using GuardedZephyr.Evaluation;
using GuardedZephyr.Guardrails;

namespace GuardedZephyr.Cli;

internal static class ClassifierEvaluateCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "Folder of the classifier.", HelpName = "FOLDER", DefaultValueFactory = _ => "models/harm-classifier" };
    private static readonly Option<string[]> In = new("--in") { Description = "Labelled texts, JSON lines: {\"text\", \"labels\": {label: 0 or 1}, \"source\"?, \"group\"?, \"id\"?, \"kind\"?, \"use\"?}; a label that is not named is not known.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> Catalog = new("--catalog") { Description = "The project's list of sets (sources.yaml); those that nothing was trained on are measured.", HelpName = "FILE" };
    private static readonly Option<string?> Data = new("--data") { Description = "Folder with the sets of the catalog: train/, dev-only/ and redteam/.", HelpName = "FOLDER" };
    private static readonly Option<string?> Report = new("--report") { Description = "All figures and plots as one HTML page.", HelpName = "FILE" };
    private static readonly Option<string?> Markdown = new("--markdown") { Description = "The model's card; its plots go into figures/ beside it.", HelpName = "FILE" };
    private static readonly Option<string?> Json = new("--json") { Description = "All figures as JSON.", HelpName = "FILE" };

    public static Command Create()
    {
        var command = new Command(
            "evaluate",
            "Measure a classifier on labelled texts: what it catches, what it flags falsely, whom that hits, how fast it is. No report holds a text.\n"
            + "Example: zephyr classifier evaluate --in my-texts.jsonl --report report.html")
        {
            Model, In, Catalog, Data, Report, Markdown, Json,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(Catalog) is null) != (result.GetValue(Data) is null))
            {
                result.AddError("'--catalog' and '--data' need each other.");
            }
            else if (result.GetValue(Catalog) is null && result.GetValue(In) is not { Length: > 0 })
            {
                result.AddError("Give labelled texts: '--in FILE', or '--catalog FILE --data FOLDER'.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var model = EvaluatedModel.Load(AssetPath.Resolve(parsed.GetValue(Model)!));
        var sets = new List<EvaluationSet>();
        if (parsed.GetValue(Catalog) is { } catalog)
        {
            sets.AddRange(CatalogSets.Read(catalog, parsed.GetValue(Data)!, model.Labels));
        }

        sets.AddRange((parsed.GetValue(In) ?? []).SelectMany(file => LabelledFile.Read(file, model.Labels)));
        EvaluationResult result;
        using (var bar = ProgressBar.OnErrorStream())
        {
            result = await Task.Run(() => model.Measure(sets, (done, total, set) => bar.Show(done, total, $"{bar.Counted(done, "texts")}, {set}"), cancellationToken), cancellationToken);
        }

        var output = parsed.InvocationConfiguration.Output;
        await output.WriteAsync(EvaluationSummary.Write(result));
        foreach (var (path, write) in Files(parsed, model, result))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            write(path);
            await output.WriteLineAsync($"Written: {path}");
        }

        return ZephyrCommand.Ok;
    }

    private static IEnumerable<(string Path, Action<string> Write)> Files(ParseResult parsed, EvaluatedModel model, EvaluationResult result)
    {
        if (parsed.GetValue(Report) is { } report)
        {
            yield return (report, path => File.WriteAllText(path, EvaluationPage.Write(model.Description, result).ToHtml()));
        }

        if (parsed.GetValue(Markdown) is { } markdown)
        {
            yield return (markdown, path => ModelCard.Write(path, model.Description, result, model.Bytes));
        }

        if (parsed.GetValue(Json) is { } json)
        {
            yield return (json, path => File.WriteAllText(path, EvaluationJson.Write(result)));
        }
    }
}
