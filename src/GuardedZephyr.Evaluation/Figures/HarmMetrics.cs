namespace GuardedZephyr.Evaluation;

/// <summary>The figures of one set at a score of <see cref="Threshold"/>: a row for each label that it speaks of, and one for "any label".</summary>
internal static class HarmMetrics
{
    /// <summary>Models are calibrated so that this is where a label counts as found.</summary>
    public const double Threshold = 0.5;

    public static IEnumerable<MetricDescription> Measure(string set, string use, IReadOnlyList<string> labels, IReadOnlyList<Example> examples, float[][] scores)
    {
        for (var label = 0; label < labels.Count; label++)
        {
            if (examples.Any(example => example.Labels[label] == 1))
            {
                yield return Row(set, use, labels[label], examples.Select((example, i) => (scores[i][label], example.Labels[label])));
            }
        }

        yield return Row(set, use, LabelFigures.Any, examples.Select((example, i) => (scores[i].Max(), example.AnyHarm)));
    }

    public static MetricDescription Row(string set, string use, string label, IEnumerable<(float Score, sbyte Label)> items)
    {
        var known = items.Where(item => item.Label != Example.Silent).Select(item => (item.Score, Positive: item.Label == 1)).ToArray();
        var positives = known.Count(item => item.Positive);
        var negatives = known.Length - positives;
        return new MetricDescription(
            set, use, label, positives, negatives,
            Round(Curve.Auc(known)),
            Round(Share.Of(known.Count(item => item.Positive && item.Score >= Threshold), positives)),
            Round(Share.Of(known.Count(item => !item.Positive && item.Score >= Threshold), negatives)));
    }

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 4) : null;
}
