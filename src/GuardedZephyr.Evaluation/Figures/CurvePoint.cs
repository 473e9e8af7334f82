namespace GuardedZephyr.Evaluation;

/// <summary>A point of a curve, both from 0 to 1.</summary>
internal readonly record struct CurvePoint(double X, double Y)
{
    /// <summary>Points nearer than this to the one before are left out: a plot does not show them.</summary>
    private const double Nearest = 1.0 / 120;

    /// <summary>False-positive rate against the share caught.</summary>
    public static IReadOnlyList<CurvePoint> Roc(RankedScores scores) => scores.Positives == 0 || scores.Negatives == 0
        ? []
        : Thin(scores.Steps().Select(step => new CurvePoint((double)step.FalsePositives / scores.Negatives, (double)step.TruePositives / scores.Positives)).Prepend(new CurvePoint(0, 0)));

    /// <summary>Share caught against precision.</summary>
    public static IReadOnlyList<CurvePoint> PrecisionRecall(RankedScores scores) => scores.Positives == 0 || scores.Negatives == 0
        ? []
        : Thin(scores.Steps().Select(step => new CurvePoint((double)step.TruePositives / scores.Positives, (double)step.TruePositives / (step.TruePositives + step.FalsePositives))));

    private static List<CurvePoint> Thin(IEnumerable<CurvePoint> points)
    {
        var kept = new List<CurvePoint>();
        CurvePoint last = default;
        foreach (var point in points)
        {
            last = point;
            if (kept.Count == 0 || Math.Abs(point.X - kept[^1].X) > Nearest || Math.Abs(point.Y - kept[^1].Y) > Nearest)
            {
                kept.Add(point);
            }
        }

        if (kept.Count > 0 && kept[^1] != last)
        {
            kept.Add(last);
        }

        return kept;
    }
}
