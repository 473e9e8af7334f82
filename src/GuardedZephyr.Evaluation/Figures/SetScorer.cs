using GuardedZephyr.Policies;

namespace GuardedZephyr.Evaluation;

/// <summary>Lets a model judge sets, text by text as a guard would, and keeps the time.</summary>
/// <param name="classify">A score for each label.</param>
internal sealed class SetScorer(Func<string, float[]> classify, TimeProvider time)
{
    private readonly List<(int Length, TimeSpan Time)> _times = [];

    /// <summary>Without the first text, which warms the model up.</summary>
    public SpeedFigures Speed => SpeedFigures.Of(_times.Count > 1 ? _times[1..] : _times);

    /// <param name="progress">Texts that are done.</param>
    /// <exception cref="DetectionException">The model cannot judge a text; the message says which.</exception>
    public ScoredSet Score(EvaluationSet set, Action<int> progress, CancellationToken cancellationToken)
    {
        var scores = new float[set.Examples.Count][];
        for (var i = 0; i < scores.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = time.GetTimestamp();
            try
            {
                scores[i] = classify(set.Examples[i].Text);
            }
            catch (DetectionException e)
            {
                throw new DetectionException($"Set '{set.Name}', row {set.Examples[i].Id}: {e.Message}", e);
            }

            _times.Add((set.Examples[i].Text.Length, time.GetElapsedTime(started)));
            progress(i + 1);
        }

        return new ScoredSet(set, scores);
    }
}
