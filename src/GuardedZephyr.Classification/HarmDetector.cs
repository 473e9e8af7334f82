using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>One finding for each harm label, whatever its score: the window of the text that scores highest.</summary>
public sealed class HarmDetector(IHarmClassifier classifier) : IDetector
{
    public string Name => "harm";

    public int? Reach => null;

    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var scores = classifier.Classify(text.Surface, cancellationToken);
        var findings = new Finding[scores.Count];
        for (var i = 0; i < findings.Length; i++)
        {
            var score = scores[i];
            var start = text.OriginalOffset(score.Start);
            findings[i] = new Finding(score.Label, start, text.OriginalOffset(score.Start + score.Length) - start, score.Score, Name);
        }

        return new(findings);
    }
}
