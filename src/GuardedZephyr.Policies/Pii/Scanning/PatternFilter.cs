namespace GuardedZephyr.Policies;

/// <summary>
/// Tells where in a text which patterns of many recognizers may match, at a few steps a character: the patterns run nowhere else. It leaves out no match
/// that counts. Immutable and thread-safe, but for what its automata have learned.
/// </summary>
internal sealed class PatternFilter
{
    /// <summary>What an automaton may learn from a text before its patterns are looked for by smaller ones: so much, ...</summary>
    private const int Patience = 2000;

    /// <summary>... and a step for each so many characters.</summary>
    private const int CharactersPerStep = 128;

    private readonly PatternSymbols _symbols;
    private readonly PatternGroup _idle;
    private readonly PatternGroup[] _groups;
    private readonly int _longest;

    public PatternFilter(IReadOnlyList<Recognizer> recognizers)
    {
        Patterns = [.. recognizers.SelectMany((recognizer, rank) => recognizer.Patterns.Select(pattern => (rank, pattern)))];
        _symbols = new PatternSymbols(Patterns.Select(entry => entry.Pattern.Syntax).Concat(SpokenSigns.Patterns).SelectMany(PatternNode.SetsOf));
        _idle = new PatternGroup([], 0, false, _symbols);
        var signs = SpokenSigns.Patterns.Select((sign, index) => (Patterns.Count + index, sign, PatternRegion.Anywhere));
        _groups = [.. PatternGroup.Of(recognizers, Patterns, _symbols).Append(new PatternGroup([.. signs], 0, false, _symbols)).OrderBy(group => group.MinDigits)];
        _longest = Patterns.Select(entry => entry.Pattern.Length.Max).DefaultIfEmpty().Max();
    }

    /// <summary>By number; the numbers behind theirs are those of <see cref="SpokenSigns"/>.</summary>
    public IReadOnlyList<(int Rank, RecognizerPattern Pattern)> Patterns { get; }

    /// <param name="all">Look also for what needs more digits or a longer run without white space than the text has: such matches do not count.</param>
    /// <returns>To be disposed of.</returns>
    public PatternHits Scan(ReadOnlySpan<char> text, bool all, CancellationToken cancellationToken)
    {
        var hits = new PatternHits(Patterns.Count + SpokenSigns.Patterns.Count);
        var shape = TextShape.Of(text);
        Span<int> apt = stackalloc int[_groups.Length];
        var count = 0;
        for (var group = 0; group < _groups.Length; group++)
        {
            apt[count] = group;
            count += all || _groups[group].MayMatchIn(shape) ? 1 : 0;
        }

        for (var next = 0; next < count; next += PatternLanes.Count)
        {
            // By digits: where the first of them needs some, so do the others, and nothing is to be found far from those.
            var (from, to) = all || _groups[apt[next]].MinDigits == 0 ? (0, text.Length)
                : (Math.Max(0, shape.FirstDigit - _longest), Math.Min(text.Length, shape.LastDigit + _longest + 1));
            var four = apt[next..count];
            Read(text, from, to, At(four, 0)!, At(four, 1), At(four, 2), At(four, 3), ref hits, cancellationToken);
        }

        return hits;
    }

    /// <summary>What <see cref="Scan"/> would give if it knew nothing: every pattern may match anywhere.</summary>
    public PatternHits Everywhere(ReadOnlySpan<char> text)
    {
        var hits = new PatternHits(Patterns.Count + SpokenSigns.Patterns.Count);
        foreach (var group in _groups)
        {
            group.ReportAll(0, text.Length, ref hits);
        }

        return hits;
    }

    private void Read(ReadOnlySpan<char> text, int from, int to, PatternGroup a, PatternGroup? b, PatternGroup? c, PatternGroup? d, ref PatternHits hits, CancellationToken cancellationToken)
    {
        var before = from == 0 ? SymbolKind.Nothing : PatternSymbols.KindOf(text[from - 1]);
        var lanes = new PatternLanes(_symbols, a, b, c, d, _idle, before, Patience + (text.Length / CharactersPerStep));
        lanes.Run(text, from, to, ref hits, cancellationToken);
        foreach (var (group, at) in lanes.HasGivenUp ? lanes.GivenUp : [])
        {
            if (group.Halves is { } halves)
            {
                Read(text, Math.Max(from, at - group.Longest), to, halves.First, halves.Second, null, null, ref hits, cancellationToken);
            }
            else
            {
                group.ReportAll(at, to, ref hits);
            }
        }
    }

    private PatternGroup? At(ReadOnlySpan<int> groups, int index) => index < groups.Length ? _groups[groups[index]] : null;
}
