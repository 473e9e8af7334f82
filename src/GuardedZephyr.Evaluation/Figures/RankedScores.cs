namespace GuardedZephyr.Evaluation;

/// <summary>Scores of texts with a known label, highest first, and the curves that they give. Texts with the same score are flagged together or not at all.</summary>
internal sealed class RankedScores
{
    private readonly float[] _scores;
    private readonly bool[] _positive;

    public RankedScores(IEnumerable<(float Score, bool Positive)> items)
    {
        var sorted = items.OrderByDescending(item => item.Score).ToArray();
        _scores = [.. sorted.Select(item => item.Score)];
        _positive = [.. sorted.Select(item => item.Positive)];
        Positives = _positive.Count(positive => positive);
    }

    public int Count => _scores.Length;

    public int Positives { get; }

    public int Negatives => Count - Positives;

    /// <summary>For each distinct score, highest first, how many positives and negatives reach it.</summary>
    public IEnumerable<(float Score, int TruePositives, int FalsePositives)> Steps()
    {
        var (caught, wrong) = (0, 0);
        for (var i = 0; i < Count; i++)
        {
            (caught, wrong) = _positive[i] ? (caught + 1, wrong) : (caught, wrong + 1);
            if (IsLastOfScore(i))
            {
                yield return (_scores[i], caught, wrong);
            }
        }
    }

    /// <summary>Each row once.</summary>
    public (double? Auc, double? AveragePrecision) Areas()
    {
        var once = new int[Count];
        Array.Fill(once, 1);
        return Areas(once);
    }

    /// <summary>
    /// Area under the ROC curve, ties half (Fawcett 2006), and average precision, the sum of precision times the gain in recall, without interpolation.
    /// Null where they are not defined: the one without both classes, the other without positives.
    /// </summary>
    /// <param name="weights">How often each row counts, for resampling.</param>
    public (double? Auc, double? AveragePrecision) Areas(ReadOnlySpan<int> weights)
    {
        long caught = 0, wrong = 0, caughtBefore = 0, wrongBefore = 0;
        double area = 0, precision = 0;
        for (var i = 0; i < Count; i++)
        {
            caught += _positive[i] ? weights[i] : 0;
            wrong += _positive[i] ? 0 : weights[i];
            if (IsLastOfScore(i) && caught + wrong > caughtBefore + wrongBefore)
            {
                area += (wrong - wrongBefore) * (caught + caughtBefore) / 2.0;
                precision += (caught - caughtBefore) * (double)caught / (caught + wrong);
                (caughtBefore, wrongBefore) = (caught, wrong);
            }
        }

        return (caught == 0 || wrong == 0 ? null : area / ((double)caught * wrong), caught == 0 ? null : precision / caught);
    }

    /// <summary>The lowest threshold that at most a share of the negatives reach.</summary>
    /// <param name="falsePositiveRate">From 0 to 1.</param>
    public OperatingPoint At(double falsePositiveRate)
    {
        var best = (Score: Count == 0 ? 1 : MathF.BitIncrement(_scores[0]), TruePositives: 0, FalsePositives: 0);
        foreach (var step in Steps().TakeWhile(step => step.FalsePositives <= falsePositiveRate * Negatives))
        {
            best = step;
        }

        var flagged = best.TruePositives + best.FalsePositives;
        return new OperatingPoint(
            falsePositiveRate,
            best.Score,
            Share.Of(best.FalsePositives, Negatives),
            Share.Of(best.TruePositives, Positives),
            Share.Of(best.TruePositives, flagged));
    }

    /// <summary>Ten bins of equal width: what share of the texts with such a score are positive.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability()
    {
        const int Bins = 10;
        return
        [
            .. Enumerable.Range(0, Count)
                .GroupBy(i => Math.Min(Bins - 1, (int)(_scores[i] * Bins)))
                .OrderBy(bin => bin.Key)
                .Select(bin => new ReliabilityBin((double)bin.Key / Bins, (bin.Key + 1.0) / Bins, bin.Count(), bin.Average(i => (double)_scores[i]), bin.Average(i => _positive[i] ? 1.0 : 0))),
        ];
    }

    private bool IsLastOfScore(int i) => i + 1 == Count || _scores[i + 1] != _scores[i];
}
