namespace GuardedZephyr.Evaluation;

/// <summary>What is known of one label, or of <see cref="Any"/>, over the sets that speak of it.</summary>
/// <param name="Uses">Of the sets, by comma.</param>
/// <param name="Sets">How many.</param>
/// <param name="AucInterval">95 %.</param>
/// <param name="CalibrationError">Mean distance of score and share of positives over the bins, weighed by their texts (Guo et al. 2017).</param>
internal sealed record LabelFigures(
    string Label,
    string Uses,
    int Sets,
    int Positives,
    int Negatives,
    double? Auc,
    Interval? AucInterval,
    double? AveragePrecision,
    Interval? AveragePrecisionInterval,
    double CalibrationError,
    IReadOnlyList<OperatingPoint> Thresholds,
    IReadOnlyList<ReliabilityBin> Reliability,
    IReadOnlyList<CurvePoint> Roc,
    IReadOnlyList<CurvePoint> PrecisionRecall)
{
    /// <summary>Harmful in whatever way; its score is the highest of all labels.</summary>
    public const string Any = "any";

    private const int Resamples = 400;

    private static readonly double[] _rates = [0.001, 0.005, 0.01, 0.02, 0.05];

    /// <summary>A row for each label with rows that have it and rows that do not, and one for any.</summary>
    public static IEnumerable<LabelFigures> Of(IReadOnlyList<ScoredSet> sets, IReadOnlyList<string> labels) =>
        labels.Index()
            .Select(label => Of(label.Item, sets, row => (row.Scores[label.Index], row.Example.Labels[label.Index])))
            .Append(Of(Any, sets, row => (row.Scores.Max(), row.Example.AnyHarm)))
            .Where(figures => figures.Positives + figures.Negatives > 0);

    private static LabelFigures Of(string label, IReadOnlyList<ScoredSet> sets, Func<(Example Example, float[] Scores), (float Score, sbyte Label)> pick)
    {
        var speaking = sets.Select(scored => (scored.Set, Rows: scored.Rows.Select(pick).Where(row => row.Label != Example.Silent).ToArray())).Where(set => set.Rows.Length > 0).ToArray();
        var ranked = new RankedScores(speaking.SelectMany(set => set.Rows).Select(row => (row.Score, row.Label == 1)));
        var (auc, precision) = ranked.Areas();
        var (aucInterval, precisionInterval) = auc is null ? (null, null) : Interval.Of(ranked, Resamples);
        var bins = ranked.Reliability();
        return new LabelFigures(
            label,
            string.Join(", ", speaking.Select(set => set.Set.Use).Distinct().Order(StringComparer.Ordinal)),
            speaking.Length,
            ranked.Positives,
            ranked.Negatives,
            auc,
            aucInterval,
            precision,
            precisionInterval,
            bins.Sum(bin => bin.Count * Math.Abs(bin.MeanScore - bin.Positive)) / Math.Max(1, ranked.Count),
            ranked.Negatives == 0 ? [] : [.. _rates.Select(ranked.At)],
            bins,
            CurvePoint.Roc(ranked),
            CurvePoint.PrecisionRecall(ranked));
    }
}
