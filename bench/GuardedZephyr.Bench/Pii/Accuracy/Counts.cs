namespace GuardedZephyr.Bench;

/// <summary>What was counted of one kind. Shares are null where there is nothing to take a share of.</summary>
/// <param name="Gold">Places to be found.</param>
/// <param name="Found">Places covered by findings of the kind.</param>
/// <param name="Covered">Places covered by findings of whatever kind.</param>
/// <param name="Placed">Places of which the set says where they are ...</param>
/// <param name="Exact">... and those that one finding of the kind equals.</param>
/// <param name="Findings">Findings of the kind where the set marks it.</param>
/// <param name="Right">Those that belong to a place that was found.</param>
/// <param name="Plausible">Places whose value is one that is issued: <see cref="Plausibility"/>.</param>
/// <param name="PlausibleFound">Those that were found.</param>
internal readonly record struct Counts(int Gold, int Found, int Covered, int Placed, int Exact, int Findings, int Right, int Plausible, int PlausibleFound)
{
    /// <summary>How much more recall counts than precision in <see cref="F"/>.</summary>
    private const double Beta = 2;

    public double? Precision => Share(Right, Findings);

    public double? Recall => Share(Found, Gold);

    public double? CoveredShare => Share(Covered, Gold);

    public double? ExactShare => Share(Exact, Placed);

    public double? PlausibleRecall => Share(PlausibleFound, Plausible);

    /// <summary>
    /// F of beta 2 (van Rijsbergen, Information Retrieval, 1979, chapter 7): (1 + b²) P R / (b² P + R). 0 where places are to be found
    /// and nothing is; null where there is none.
    /// </summary>
    public double? F => (Precision, Recall) switch
    {
        (_, null) => null,
        (null, _) or (_, 0) => 0,
        ({ } precision, { } recall) => (1 + (Beta * Beta)) * precision * recall / ((Beta * Beta * precision) + recall),
    };

    public static Counts operator +(Counts left, Counts right) => new(
        left.Gold + right.Gold,
        left.Found + right.Found,
        left.Covered + right.Covered,
        left.Placed + right.Placed,
        left.Exact + right.Exact,
        left.Findings + right.Findings,
        left.Right + right.Right,
        left.Plausible + right.Plausible,
        left.PlausibleFound + right.PlausibleFound);

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
