namespace GuardedZephyr.Evaluation;

/// <summary>A set with what the model said of it.</summary>
/// <param name="Scores">For each row the score of each label.</param>
internal sealed record ScoredSet(EvaluationSet Set, float[][] Scores)
{
    /// <summary>Rows with their scores.</summary>
    public IEnumerable<(Example Example, float[] Scores)> Rows => Set.Examples.Zip(Scores);
}
