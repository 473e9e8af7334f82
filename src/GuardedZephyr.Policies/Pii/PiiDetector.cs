namespace GuardedZephyr.Policies;

/// <summary>Finds personal data by the recognizers of a policy's packs.</summary>
public sealed class PiiDetector : IDetector
{
    private readonly Lazy<WordReader> _words;
    private readonly Lazy<PatternFilter> _filter;
    private readonly int _longestMatch;
    private readonly AllowList? _allow;

    /// <param name="allow">What is left out of the findings; null for nothing.</param>
    internal PiiDetector(IReadOnlyList<Recognizer> recognizers, AllowList? allow = null)
    {
        Recognizers = recognizers;
        _words = new Lazy<WordReader>(() => new WordReader([.. recognizers.Select(recognizer => recognizer.Context)]));
        _filter = new Lazy<PatternFilter>(() => new PatternFilter(recognizers));
        _allow = allow;
        _longestMatch = recognizers.Select(recognizer => recognizer.LongestMatch).DefaultIfEmpty().Max();
        Entities = [.. recognizers.Select(recognizer => recognizer.Entity).Distinct()];
    }

    public string Name => "pii";

    /// <summary>The longest match, the context beside it, and one character that tells whether the last word of the context is whole.</summary>
    public int? Reach => _longestMatch + ContextWords.WindowCharacters + 1;

    internal IReadOnlyList<Recognizer> Recognizers { get; }

    public int RecognizerCount => Recognizers.Count;

    /// <summary>The categories that this detector can find.</summary>
    public IReadOnlyList<string> Entities { get; }

    /// <summary>The same detector, looking for some entities alone: no other can cover one of them.</summary>
    internal PiiDetector Where(Func<string, bool> isWanted) => new([.. Recognizers.Where(recognizer => isWanted(recognizer.Entity))], _allow);

    /// <summary>Builds what the first text would wait for, a tenth of a second, on a thread of its own.</summary>
    internal void Prepare() => Task.Run(() => Find(GuardText.From("Call Ada Byron on 555 0100."), CancellationToken.None));

    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(text, cancellationToken));

    /// <summary>
    /// What <see cref="DetectAsync"/> finds, found by running every pattern over all of the text, which is much slower. Only to see that nothing is lost
    /// by looking where something can be.
    /// </summary>
    public IReadOnlyList<Finding> FindEverywhere(GuardText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Find(text, everywhere: true, CancellationToken.None);
    }

    /// <summary>By offset. A finding that another one covers and outranks is left out; partly overlapping ones both stay.</summary>
    internal IReadOnlyList<Finding> Find(GuardText text, CancellationToken cancellationToken) => Find(text, everywhere: false, cancellationToken);

    private IReadOnlyList<Finding> Find(GuardText text, bool everywhere, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Recognizers.Count == 0)
        {
            return [];
        }

        List<Candidate>? candidates = null;
        var scan = new SurfaceScan(text.Surface, _words.Value, stackalloc ulong[RankMasks.Length(Recognizers.Count)]);
        if (Collect(ref scan, everywhere, ref candidates, cancellationToken) && SpokenText.SpellsOut(text.Surface) && SpokenText.From(text.Surface) is { } spoken)
        {
            List<Candidate>? heard = null;
            scan.Spoken = spoken;
            Collect(ref scan, everywhere, ref heard, cancellationToken);
            if (heard is not null)
            {
                (candidates ??= []).AddRange(heard.Where(candidate => IsSpelledOut(text.Surface, candidate.Start, candidate.Length)));
            }
        }

        // The allow list not before the rest: what an allowed value covers and outranks is not found either.
        return candidates is null ? [] :
        [
            .. Outstanding(candidates)
                .Where(candidate => !IsAllowed(text, candidate))
                .Select(candidate => ToFinding(text, candidate)),
        ];
    }

    /// <returns>Whether the text may spell something out.</returns>
    private bool Collect(ref SurfaceScan scan, bool everywhere, ref List<Candidate>? candidates, CancellationToken cancellationToken)
    {
        var filter = _filter.Value;
        var maySpellOut = false;
        using var hits = everywhere ? filter.Everywhere(scan.Text) : filter.Scan(scan.Text, all: false, cancellationToken);
        foreach (var region in hits.Regions)
        {
            if (region.Pattern >= filter.Patterns.Count)
            {
                maySpellOut |= SpokenSigns.MaySpellOut(region.Pattern - filter.Patterns.Count, region.Hits);
                continue;
            }

            var (rank, pattern) = filter.Patterns[region.Pattern];
            if (everywhere || !pattern.NeedsContext || scan.HasContext(rank))
            {
                Recognizers[rank].Collect(pattern, region, in scan, rank, ref candidates, cancellationToken);
            }
        }

        return maySpellOut;
    }

    /// <summary>Whether a candidate that was found in what the surface spells out owes itself to that, and is no longer than any match: the reach holds for it too.</summary>
    private bool IsSpelledOut(string surface, int start, int length)
    {
        var from = Math.Max(0, start - 1);
        var to = Math.Min(surface.Length, start + length + 1);
        return length <= _longestMatch && SpokenText.SpellsOut(surface.AsSpan(from, to - from));
    }

    /// <summary>Every match of every pattern, by offset, with what became of it and why: what <see cref="DetectAsync"/> finds is among them. Much slower than that.</summary>
    public IReadOnlyList<PiiExplanation> Explain(GuardText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var spoken = SpokenText.SpellsOut(text.Surface) ? SpokenText.From(text.Surface) : null;
        var matches = Explain(text.Surface, null)
            .Concat(spoken is null ? [] : Explain(text.Surface, spoken).Where(match => IsSpelledOut(text.Surface, match.Assessment.Start, match.Assessment.Length)))
            .Select(match => (match.Recognizer, match.Pattern, match.Assessment, Candidate: match.Assessment.ToCandidate(match.Recognizer.Entity, match.Rank)))
            .ToArray();
        var kept = Outstanding([.. matches.Select(match => match.Candidate).OfType<Candidate>()]).ToArray();
        return [.. matches
            .Select(match =>
            {
                var better = match.Candidate is { } candidate && !kept.Contains(candidate) ? kept.First(other => other.Dominates(candidate)) : (Candidate?)null;
                var assessment = match.Candidate is { } own && better is null && IsAllowed(text, own) ? match.Assessment with { Rejection = PiiRejection.Allowed } : match.Assessment;
                return PiiExplanation.Of(text, match.Recognizer, match.Pattern, assessment, better is { } winner ? ToFinding(text, winner) : null);
            })
            .OrderBy(explanation => explanation.Start)];
    }

    /// <summary>The recognizers that do not even look at a value, because it lacks what each of their findings holds; the ones that lack least come first.</summary>
    public IReadOnlyList<PrefilterMiss> PrefilterMisses(string value)
    {
        var surface = GuardText.From(value).Surface;
        return [.. Recognizers
            .Select(recognizer => recognizer.MissedBy(surface))
            .OfType<PrefilterMiss>()
            .Distinct()
            .OrderBy(miss => miss.MinDigits - miss.Digits)];
    }

    private List<(Recognizer Recognizer, int Rank, RecognizerPattern Pattern, Assessment Assessment)> Explain(string surface, SpokenText? spoken)
    {
        var explained = new List<(Recognizer, int, RecognizerPattern, Assessment)>();
        var filter = _filter.Value;
        var scan = new SurfaceScan(surface, _words.Value, []) { Spoken = spoken };
        using var hits = filter.Scan(scan.Text, all: true, CancellationToken.None);
        foreach (var region in hits.Regions)
        {
            if (region.Pattern < filter.Patterns.Count)
            {
                var (rank, pattern) = filter.Patterns[region.Pattern];
                foreach (var assessment in Recognizers[rank].Explain(pattern, region, in scan))
                {
                    explained.Add((Recognizers[rank], rank, pattern, assessment));
                }
            }
        }

        return explained;
    }

    private bool IsAllowed(GuardText text, Candidate candidate) => _allow?.Allows(candidate.Entity, text.Surface.AsSpan(candidate.Start, candidate.Length)) == true;

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
