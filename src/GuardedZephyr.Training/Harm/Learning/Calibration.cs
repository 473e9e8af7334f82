namespace GuardedZephyr.Training.Harm;

/// <summary>Turns the logit of a label into a score: sigmoid(slope * (logit - shift)), so that a score of 0.5 is at the shift.</summary>
internal readonly record struct Calibration(double Slope, double Shift)
{
    private const double GentlestSlope = 0.5;
    private const double SteepestSlope = 4;

    /// <summary>Foreign prompts are few, and harder: this many times the rate is allowed on them.</summary>
    private const double ForeignAllowance = 10;

    private const double GroupsRate = 0.01;

    public static Calibration None => new(1, 0);

    /// <param name="familiar">Logits of harmless prompts; the share <paramref name="falsePositiveRate"/> of them may reach 0.5.</param>
    /// <param name="foreign">Logits of harmless prompts unlike any trained on; <see cref="ForeignAllowance"/> times that share of them may.</param>
    /// <param name="groups">Logits of harmless texts that name groups of people; <see cref="GroupsRate"/> of them may.</param>
    /// <param name="labelled">Logits of texts with a known label; the slope is the one of least log loss, positives and negatives weighing the same (Platt 1999).</param>
    public static Calibration Fit(float[] familiar, float[] foreign, float[] groups, IReadOnlyList<(float Logit, bool Positive)> labelled, double falsePositiveRate)
    {
        double shift = new[]
        {
            Curve.Threshold(familiar, falsePositiveRate),
            Curve.Threshold(foreign, ForeignAllowance * falsePositiveRate),
            Curve.Threshold(groups, GroupsRate),
        }.Max();
        var slope = Enumerable.Range(0, 41)
            .Select(i => GentlestSlope * Math.Pow(SteepestSlope / GentlestSlope, i / 40.0))
            .MinBy(candidate => Loss(candidate, shift, labelled));
        return new Calibration(slope, shift);
    }

    private static double Loss(double slope, double shift, IReadOnlyList<(float Logit, bool Positive)> labelled)
    {
        double positive = 0, negative = 0;
        var (positives, negatives) = (0, 0);
        foreach (var (logit, isPositive) in labelled)
        {
            var margin = slope * (logit - shift);
            if (isPositive)
            {
                positive += SoftPlus(-margin);
                positives++;
            }
            else
            {
                negative += SoftPlus(margin);
                negatives++;
            }
        }

        return (positive / Math.Max(1, positives)) + (negative / Math.Max(1, negatives));
    }

    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
