namespace GuardedZephyr.Evaluation;

/// <summary>Figures of scores against labels.</summary>
internal static class Curve
{
    /// <summary>Area under the ROC curve of one label: the share of (positive, negative) pairs in the right order, ties half. Null without both.</summary>
    public static double? Auc(float[][] scores, IReadOnlyList<Example> examples, int label) =>
        Auc(Enumerable.Range(0, scores.Length)
            .Where(i => examples[i].Labels[label] != Example.Silent)
            .Select(i => (scores[i][label], examples[i].Labels[label] == 1)));

    public static double? Auc(IEnumerable<(float Score, bool Positive)> items)
    {
        var sorted = items.OrderBy(item => item.Score).ToArray();
        var positives = sorted.LongCount(item => item.Positive);
        var negatives = sorted.Length - positives;
        if (positives == 0 || negatives == 0)
        {
            return null;
        }

        double ranks = 0;
        for (var i = 0; i < sorted.Length;)
        {
            var end = i;
            while (end < sorted.Length && sorted[end].Score == sorted[i].Score)
            {
                end++;
            }

            var rank = (i + 1 + end) / 2.0;
            ranks += rank * sorted.AsSpan(i, end - i).ToArray().Count(item => item.Positive);
            i = end;
        }

        return (ranks - (positives * (positives + 1) / 2.0)) / (positives * negatives);
    }

    /// <summary>The smallest threshold that at most <paramref name="share"/> of the scores reach.</summary>
    public static float Threshold(IEnumerable<float> scores, double share)
    {
        float[] sorted = [.. scores.OrderDescending()];
        return MathF.BitIncrement(sorted[(int)(share * sorted.Length)]);
    }
}
