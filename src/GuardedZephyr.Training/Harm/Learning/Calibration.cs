namespace GuardedZephyr.Training.Harm;

/// <summary>Turns the logit of a label into a score: sigmoid(slope * (logit - shift)), so that a score of 0.5 is at the shift.</summary>
/// <param name="Rate">The share of harmless development prompts that reach 0.5.</param>
/// <remarks>
/// One slope for all labels (temperature scaling, Guo et al. 2017): labels are outputs of one network, and slopes of their own would make the scores of one label
/// mean something else than those of another, where policies and measurements take the highest of all.
/// </remarks>
internal readonly record struct Calibration(double Slope, double Shift, double Rate)
{
    private const double GentlestSlope = 0.25;
    private const double SteepestSlope = 4;

    public static Calibration None => new(1, 0, 0);

    /// <param name="logits">[text][label]</param>
    /// <param name="shifts">Of each label, from the catalog: chosen by hand.</param>
    /// <returns>Of each label; the slope is the one of least log loss over all labels that are known.</returns>
    public static Calibration[] Fit(float[][] logits, IReadOnlyList<Example> examples, IReadOnlyList<double> shifts)
    {
        var slope = Enumerable.Range(0, 41).Select(i => GentlestSlope * Math.Pow(SteepestSlope / GentlestSlope, i / 40.0)).MinBy(Loss);
        int[] prompts = [.. Enumerable.Range(0, logits.Length).Where(i => examples[i].Prompt != PromptKind.None && examples[i].Harmless)];
        return [.. shifts.Select((shift, label) => new Calibration(slope, shift, prompts.Average(i => logits[i][label] >= shift ? 1.0 : 0)))];

        double Loss(double candidate)
        {
            double loss = 0;
            for (var i = 0; i < logits.Length; i++)
            {
                for (var label = 0; label < shifts.Count; label++)
                {
                    var margin = candidate * (logits[i][label] - shifts[label]);
                    loss += examples[i].Labels[label] switch { 1 => SoftPlus(-margin), 0 => SoftPlus(margin), _ => 0 };
                }
            }

            return loss;
        }
    }

    private static double SoftPlus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
