namespace GuardedZephyr.Policies;

/// <summary>Finds personal data by the recognizers of a policy's packs.</summary>
public sealed class PiiDetector : IDetector
{
    private readonly ContextLexicon _lexicon;
    private readonly int[] _byDigits;
    private readonly int _longestMatch;

    internal PiiDetector(IReadOnlyList<Recognizer> recognizers)
    {
        Recognizers = recognizers;
        _lexicon = new ContextLexicon([.. recognizers.Select(recognizer => recognizer.Context)]);
        _longestMatch = recognizers.Select(recognizer => recognizer.LongestMatch).DefaultIfEmpty().Max();
        _byDigits = [.. Enumerable.Range(0, recognizers.Count).OrderBy(rank => recognizers[rank].MinDigits)];
        Entities = [.. recognizers.Select(recognizer => recognizer.Entity).Distinct()];
    }

    public string Name => "pii";

    /// <summary>The longest match, the context beside it, and one character that tells whether the last word of the context is whole.</summary>
    public int? Reach => _longestMatch + ContextWords.WindowCharacters + 1;

    internal IReadOnlyList<Recognizer> Recognizers { get; }

    /// <summary>The categories that this detector can find.</summary>
    public IReadOnlyList<string> Entities { get; }

    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(text, cancellationToken));

    /// <summary>By offset. A finding that another one covers and outranks is left out; partly overlapping ones both stay.</summary>
    internal IReadOnlyList<Finding> Find(GuardText text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<Candidate>? candidates = null;
        Scan(text.Surface, null, ref candidates, cancellationToken);
        if (SpokenText.From(text.Surface) is { } spoken)
        {
            List<Candidate>? heard = null;
            Scan(text.Surface, spoken, ref heard, cancellationToken);
            if (heard is not null)
            {
                (candidates ??= []).AddRange(heard.Where(candidate => IsSpelledOut(text.Surface, candidate)));
            }
        }

        return candidates is null ? [] : [.. Outstanding(candidates).Select(candidate => ToFinding(text, candidate))];
    }

    private void Scan(string surface, SpokenText? spoken, ref List<Candidate>? candidates, CancellationToken cancellationToken)
    {
        var scan = new SurfaceScan(surface, spoken, _lexicon, stackalloc ulong[_lexicon.Words]);
        try
        {
            foreach (var rank in _byDigits)
            {
                if (Recognizers[rank].MinDigits is > 0 and var least && least > scan.Digits.Length)
                {
                    return; // as do all that follow
                }

                Recognizers[rank].Collect(ref scan, rank, ref candidates, cancellationToken);
            }
        }
        finally
        {
            scan.Dispose();
        }
    }

    /// <summary>Whether a candidate that was found in what the surface spells out owes itself to that, and is no longer than any match: the reach holds for it too.</summary>
    private bool IsSpelledOut(string surface, Candidate candidate)
    {
        var start = Math.Max(0, candidate.Start - 1);
        var end = Math.Min(surface.Length, candidate.End + 1);
        return candidate.Length <= _longestMatch && SpokenText.SpellsOut(surface.AsSpan(start, end - start));
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
