namespace GuardedZephyr.Evaluation;

/// <summary>One output of the classifier.</summary>
internal sealed class HarmLabel
{
    public string Meaning { get; init; } = "";

    /// <summary>The logit at which a score is 0.5.</summary>
    public double Shift { get; init; }
}
