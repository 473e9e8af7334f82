namespace GuardedZephyr.Evaluation;

/// <summary>One output of the classifier.</summary>
internal sealed class HarmLabel
{
    public string Meaning { get; init; } = "";

    /// <summary>The share of harmless development prompts that may reach a score of 0.5.</summary>
    public double Rate { get; init; }
}
