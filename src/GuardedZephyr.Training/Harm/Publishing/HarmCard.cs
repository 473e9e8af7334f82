using System.Globalization;
using GuardedZephyr.Classification;

namespace GuardedZephyr.Training.Harm;

/// <summary>Fills the card's template with what is in <c>classifier.json</c>, so that the two cannot disagree.</summary>
internal static class HarmCard
{
    public static string Write(string template, ClassifierDescription description, long modelBytes)
    {
        var (training, features) = (description.Training, description.Features);
        (string Name, string Value)[] values =
        [
            ("name", description.Name),
            ("megabytes", Text($"{modelBytes / 1e6:0.0}")),
            ("labels", Lines(description.Labels.Select(label => Text($"- `{label.Name}`: {label.Meaning}")))),
            ("buckets", Text($"{features.Buckets}")),
            ("dimensions", Text($"{training.Dimensions}")),
            ("hidden", Text($"{training.Hidden}")),
            ("window", Text($"{features.WindowLength}")),
            ("rates", string.Join(", ", description.Labels.Zip(description.Calibration.FalsePositiveRatesAtHalf, (label, rate) => $"{label.Name} {Percent(rate)}"))),
            ("seed", Text($"{training.Seed}")),
            ("epochs", Text($"{training.Epochs}")),
            ("rows", Text($"{training.Rows}")),
            ("sources", Lines(description.TrainingData.Select(source => Text($"| {source.Name} | {source.Licence} | {source.Rows} |")))),
            ("metrics", Lines(description.Metrics.Select(Row))),
        ];
        return values.Aggregate(template, (card, value) => card.Replace($"{{{value.Name}}}", value.Value, StringComparison.Ordinal));
    }

    private static string Row(MetricDescription metric) => Text(
        $"| {metric.Set} | {metric.Use} | {metric.Label} | {metric.Positives} | {metric.Negatives} | {metric.Auc:0.000} | {Percent(metric.Caught)} | {Percent(metric.FalsePositiveRate)} |");

    private static string Percent(double? share) => share is { } value ? Text($"{100 * value:0.00} %") : "";

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
