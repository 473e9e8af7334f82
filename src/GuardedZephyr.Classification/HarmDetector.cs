using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>One finding for each harm label, whatever its score: the window of any surface of the text that scores highest, where it stands in the original.</summary>
public sealed class HarmDetector : IDetector
{
    private readonly SurfaceScorer _scorer;

    public HarmDetector(IHarmClassifier classifier)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        _scorer = new SurfaceScorer(classifier);
    }

    public string Name => "harm";

    public int? Reach => null;

    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        var findings = new Finding[_scorer.Labels.Count];
        for (var i = 0; i < findings.Length; i++)
        {
            findings[i] = new Finding(_scorer.Labels[i], 0, text.Original.Length, 0, Name);
        }

        foreach (var scored in _scorer.Score(text, direction, cancellationToken))
        {
            for (var i = 0; i < findings.Length; i++)
            {
                if (scored.Scores[i] > findings[i].Score)
                {
                    findings[i] = findings[i] with { Start = scored.Start, Length = scored.Length, Score = scored.Scores[i] };
                }
            }
        }

        return new(findings);
    }

    /// <summary>What every window of every surface scored: for explanations.</summary>
    /// <inheritdoc cref="DetectAsync"/>
    public IReadOnlyList<ExplainedWindow> Explain(GuardText text, Direction direction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
        [
            .. _scorer.Score(text, direction, cancellationToken).Select(scored => new ExplainedWindow(
                scored.Surface, scored.Start, scored.Length, [.. _scorer.Labels.Select((label, i) => new LabelScore(label, scored.Scores[i], scored.Start, scored.Length))])),
        ];
    }
}
