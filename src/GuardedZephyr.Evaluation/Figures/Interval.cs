namespace GuardedZephyr.Evaluation;

/// <summary>95 % of the resampled values lie in it.</summary>
internal sealed record Interval(double Low, double High)
{
    private const double Tail = 0.025;
    private const int Seed = 1;

    /// <summary>Percentile intervals of a bootstrap over rows (Efron 1979). A resample without one of the classes says nothing and is left out.</summary>
    /// <returns>Null where the figure itself is not defined.</returns>
    public static (Interval? Auc, Interval? AveragePrecision) Of(RankedScores scores, int resamples)
    {
        var random = new Random(Seed);
        var (areas, precisions) = (new List<double>(), new List<double>());
        var weights = new int[scores.Count];
        for (var i = 0; i < resamples; i++)
        {
            Array.Clear(weights);
            for (var drawn = 0; drawn < weights.Length; drawn++)
            {
                weights[random.Next(weights.Length)]++;
            }

            var (area, precision) = scores.Areas(weights);
            areas.AddRange(area is { } value ? [value] : []);
            precisions.AddRange(precision is { } other ? [other] : []);
        }

        return (Of(areas), Of(precisions));
    }

    private static Interval? Of(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? null : new Interval(values[(int)(Tail * values.Count)], values[(int)((1 - Tail) * (values.Count - 1))]);
    }
}
