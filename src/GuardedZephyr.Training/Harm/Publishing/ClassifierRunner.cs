using GuardedZephyr.Classification;

namespace GuardedZephyr.Training.Harm;

/// <summary>Scores examples the way a service does: the exported model, through the run-time classifier, windows and all.</summary>
internal static class ClassifierRunner
{
    /// <summary>Scores [example][label].</summary>
    public static float[][] Scores(HarmClassifier classifier, IReadOnlyList<Example> examples)
    {
        var scores = new float[examples.Count][];
        Parallel.For(0, examples.Count, i => scores[i] = [.. classifier.Classify(examples[i].Text).Select(score => (float)score.Score)]);
        return scores;
    }

    public static float Logit(float score)
    {
        var clamped = Math.Clamp((double)score, 1e-7, 1 - 1e-7);
        return (float)Math.Log(clamped / (1 - clamped));
    }
}
