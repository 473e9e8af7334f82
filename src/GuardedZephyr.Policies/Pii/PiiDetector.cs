namespace GuardedZephyr.Policies;

/// <summary>Finds personal data by the recognizers of a policy's packs.</summary>
public sealed class PiiDetector : IDetector
{
    private readonly IReadOnlyList<Recognizer> _recognizers;
    private readonly int _longestMatch;
    private readonly AllowList? _allow;

    /// <param name="allow">What is left out of the findings; null for nothing.</param>
    internal PiiDetector(IReadOnlyList<Recognizer> recognizers, AllowList? allow = null)
    {
        _recognizers = recognizers;
        _allow = allow;
        _longestMatch = recognizers.Select(recognizer => recognizer.LongestMatch).DefaultIfEmpty().Max();
        Entities = [.. recognizers.Select(recognizer => recognizer.Entity).Distinct()];
    }

    public string Name => "pii";

    /// <summary>The longest match, the context beside it, and one character that tells whether the last word of the context is whole.</summary>
    public int? Reach => _longestMatch + ContextWords.WindowCharacters + 1;

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

        // Not before: what an allowed value covers and outranks is not found either.
        var found = Outstanding(candidates).Where(candidate => _allow?.Allows(candidate.Entity, text.Surface.AsSpan(candidate.Start, candidate.Length)) != true);
        return ValueTask.FromResult<IReadOnlyList<Finding>>([.. found.Select(candidate => ToFinding(text, candidate))]);
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
