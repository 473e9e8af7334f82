namespace GuardedZephyr.Evaluation;

/// <summary>How a set's texts about one group of people are judged, at a score of <see cref="HarmMetrics.Threshold"/>.</summary>
/// <param name="Label">A label that the set speaks of; any where it speaks of none.</param>
internal sealed record GroupFigures(string Set, string Use, string Group, string Label, int Positives, int Negatives, double? FalsePositiveRate, double? Caught, double? Auc)
{
    /// <summary>Of fewer texts a rate says nothing.</summary>
    public const int FewestTexts = 20;

    public static IEnumerable<GroupFigures> Of(ScoredSet scored, IReadOnlyList<string> labels)
    {
        int[] spoken = [.. labels.Index().Select(label => label.Index).Where(index => scored.Set.Examples.Any(example => example.Labels[index] == 1))];
        return scored.Rows
            .SelectMany(row => row.Example.Groups.Distinct().Select(group => (Group: group, Row: row)))
            .GroupBy(item => item.Group, item => item.Row)
            .Where(group => group.Count() >= FewestTexts)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .SelectMany(group => Measure(group)
                .Where(metric => metric.Positives + metric.Negatives > 0)
                .Select(metric => new GroupFigures(metric.Set, metric.Use, group.Key, metric.Label, metric.Positives, metric.Negatives, metric.FalsePositiveRate, metric.Caught, metric.Auc)));

        IEnumerable<MetricDescription> Measure(IEnumerable<(Example Example, float[] Scores)> rows) => spoken.Length == 0
            ? [HarmMetrics.Row(scored.Set.Name, scored.Set.Use, LabelFigures.Any, rows.Select(row => (row.Scores.Max(), row.Example.AnyHarm)))]
            : spoken.Select(index => HarmMetrics.Row(scored.Set.Name, scored.Set.Use, labels[index], rows.Select(row => (row.Scores[index], row.Example.Labels[index]))));
    }
}
