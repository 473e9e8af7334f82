using System.Globalization;
using GuardedZephyr.Classification;

namespace GuardedZephyr.Evaluation;

/// <summary>The model's card: a template, filled with what is in <c>classifier.json</c> and with what was measured, so that they cannot disagree.</summary>
internal static class ModelCard
{
    /// <summary>Beside the card.</summary>
    public const string FiguresFolder = "figures";

    /// <param name="path">Of the Markdown; its figures are written into a folder beside it.</param>
    /// <param name="modelBytes">Size of the model's file.</param>
    public static void Write(string path, ClassifierDescription model, EvaluationResult result, long modelBytes)
    {
        var document = new Document(model.Name);
        var pictures = EvaluationPage.Append(document, result, level: 3);
        (string Name, string Value)[] values =
        [
            ("name", model.Name),
            ("megabytes", Text($"{modelBytes / 1e6:0.0}")),
            ("kinds", Text($"{model.Labels.Count}")),
            ("labels", Lines(model.Labels.Select(label => $"- `{label.Name}`: {label.Meaning}"))),
            ("network", model.Architecture ?? "What the network is made of is not stated."),
            ("window", Text($"{model.Features.WindowLength}")),
            ("calibration", model.Calibration.Method),
            ("rates", string.Join(", ", model.Labels.Zip(model.Calibration.FalsePositiveRatesAtHalf, (label, rate) => $"{label.Name} {Cells.Percent(rate)}"))),
            ("command", model.Training.Command),
            ("rows", Cells.Number(model.Training.Rows)),
            ("sources", Lines(model.TrainingData.Select(source => Text($"| {source.Name} | {source.Licence} | {source.Rows} |")))),
            ("figures", document.ToMarkdownBody()),
        ];

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        File.WriteAllText(path, values.Aggregate(Template(), (card, value) => card.Replace($"{{{value.Name}}}", value.Value, StringComparison.Ordinal)));
        foreach (var (name, svg) in pictures)
        {
            Directory.CreateDirectory(Path.Combine(folder, FiguresFolder));
            File.WriteAllText(Path.Combine(folder, FiguresFolder, name), svg);
        }
    }

    private static string Template()
    {
        using var reader = new StreamReader(typeof(ModelCard).Assembly.GetManifestResourceStream("card.md")!);
        return reader.ReadToEnd();
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
