namespace GuardedZephyr.Policies;

/// <summary>Finds personal data by the recognizers of a policy's packs.</summary>
public sealed class PiiDetector : IDetector
{
    private readonly IReadOnlyList<Recognizer> _recognizers;
    private readonly int _longestMatch;

    internal PiiDetector(IReadOnlyList<Recognizer> recognizers)
    {
        _recognizers = recognizers;
        _longestMatch = recognizers.Select(recognizer => recognizer.LongestMatch).DefaultIfEmpty().Max();
        Entities = [.. recognizers.Select(recognizer => recognizer.Entity).Distinct()];
    }

    public string Name => "pii";

    /// <summary>The longest match, the context beside it, and one character that tells whether the last word of the context is whole.</summary>
    public int? Reach => _longestMatch + ContextWords.WindowCharacters + 1;

    public int RecognizerCount => _recognizers.Count;

    /// <summary>The categories that this detector can find.</summary>
    public IReadOnlyList<string> Entities { get; }

    /// <summary>By offset. A finding that another one covers and outranks is left out; partly overlapping ones both stay.</summary>
    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var candidates = new List<Candidate>();
        for (var rank = 0; rank < _recognizers.Count; rank++)
        {
            _recognizers[rank].Collect(text.Surface, rank, candidates, cancellationToken);
        }

        if (candidates.Count == 0)
        {
            return ValueTask.FromResult<IReadOnlyList<Finding>>([]);
        }

        return ValueTask.FromResult<IReadOnlyList<Finding>>([.. Outstanding(candidates).Select(candidate => ToFinding(text, candidate))]);
    }

    /// <summary>Every match of every pattern, by offset, with what became of it and why: what <see cref="DetectAsync"/> finds is among them. Much slower than that.</summary>
    public IReadOnlyList<PiiExplanation> Explain(GuardText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var matches = _recognizers
            .SelectMany((recognizer, rank) => recognizer.Explain(text.Surface).Select(match => (recognizer, match.Pattern, match.Assessment, Candidate: match.Assessment.ToCandidate(recognizer.Entity, rank))))
            .ToArray();
        var kept = Outstanding([.. matches.Select(match => match.Candidate).OfType<Candidate>()]).ToArray();
        return [.. matches
            .Select(match =>
            {
                var better = match.Candidate is { } candidate && !kept.Contains(candidate) ? kept.First(other => other.Dominates(candidate)) : (Candidate?)null;
                return PiiExplanation.Of(text, match.recognizer, match.Pattern, match.Assessment, better is { } winner ? ToFinding(text, winner) : null);
            })
            .OrderBy(explanation => explanation.Start)];
    }

    /// <summary>The recognizers that do not even look at a value, because it lacks what each of their findings holds; the ones that lack least come first.</summary>
    public IReadOnlyList<PrefilterMiss> PrefilterMisses(string value)
    {
        var surface = GuardText.From(value).Surface;
        return [.. _recognizers
            .Select(recognizer => recognizer.MissedBy(surface))
            .OfType<PrefilterMiss>()
            .Distinct()
            .OrderBy(miss => miss.MinDigits - miss.Digits)];
    }

    private Finding ToFinding(GuardText text, Candidate candidate)
    {
        var (start, length) = text.OriginalSpan(candidate.Start, candidate.Length);
        return new Finding(candidate.Entity, start, length, candidate.Score, Name);
    }

    private IEnumerable<Candidate> Outstanding(List<Candidate> candidates)
    {
        var sorted = candidates.Distinct().OrderBy(candidate => candidate.Start).ThenByDescending(candidate => candidate.Length).ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            if (!IsDominated(sorted, i))
            {
                yield return sorted[i];
            }
        }
    }

    private bool IsDominated(Candidate[] sorted, int index)
    {
        var candidate = sorted[index];
        for (var i = index - 1; i >= 0 && sorted[i].Start > candidate.Start - _longestMatch; i--)
        {
            if (sorted[i].Dominates(candidate))
            {
                return true;
            }
        }

        for (var i = index + 1; i < sorted.Length && sorted[i].Start == candidate.Start; i++)
        {
            if (sorted[i].Dominates(candidate))
            {
                return true;
            }
        }

        return false;
    }
}
