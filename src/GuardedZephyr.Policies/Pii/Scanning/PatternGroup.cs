namespace GuardedZephyr.Policies;

/// <summary>Patterns that one automaton looks for together.</summary>
/// <param name="patterns">With the longest match of each.</param>
internal sealed class PatternGroup(IReadOnlyList<(int Number, PatternNode Syntax, int Longest)> patterns, int minDigits, bool needsLongRun, PatternSymbols symbols)
{
    /// <summary>More in one automaton have too many states in common for the fast part of a processor's memory.</summary>
    private const int MostPatterns = 64;

    /// <summary>From so many digits on it is worth telling: a year or a count has fewer.</summary>
    private const int ManyDigits = 4;

    private readonly int[] _numbers = [.. patterns.Select(pattern => pattern.Number)];
    private readonly int[] _longest = [.. patterns.Select(pattern => pattern.Longest)];

    private readonly Lazy<(PatternGroup, PatternGroup)> _halves = new(() => (
        new PatternGroup([.. patterns.Take(patterns.Count / 2)], minDigits, needsLongRun, symbols),
        new PatternGroup([.. patterns.Skip(patterns.Count / 2)], minDigits, needsLongRun, symbols)));

    public PatternAutomaton Automaton { get; } = new([.. patterns.Select(pattern => pattern.Syntax)], symbols);

    /// <summary>Digits that each match that counts has at least.</summary>
    public int MinDigits => minDigits;

    /// <summary>The longest match.</summary>
    public int Longest { get; } = patterns.Select(pattern => pattern.Longest).DefaultIfEmpty().Max();

    /// <summary>The same patterns in two groups, which have far fewer states together than this one has; null for one pattern.</summary>
    public (PatternGroup First, PatternGroup Second)? Halves => patterns.Count < 2 ? null : _halves.Value;

    public static IEnumerable<PatternGroup> Of(IReadOnlyList<Recognizer> recognizers, IReadOnlyList<(int Rank, RecognizerPattern Pattern)> patterns, PatternSymbols symbols)
    {
        var kinds = patterns
            .Select((entry, number) => (Recognizer: recognizers[entry.Rank], entry.Pattern, Entry: (number, entry.Pattern.Syntax, entry.Pattern.Length.Max)))
            .ToLookup(entry => KindOf(entry.Recognizer, entry.Pattern), entry => entry.Entry);
        return kinds.SelectMany(kind => kind.Chunk(MostPatterns).Select(chunk => new PatternGroup(chunk, kind.Key.Digits, kind.Key.NeedsLongRun, symbols)));
    }

    public bool MayMatchIn(TextShape text) => text.Digits >= minDigits && (text.HasLongRun || !needsLongRun);

    /// <param name="matches">Of <see cref="Automaton"/>.</param>
    public void Report(ReadOnlySpan<int> matches, int end, ref PatternHits hits)
    {
        foreach (var match in matches)
        {
            hits.Add(_numbers[match], _longest[match], end, end);
        }
    }

    /// <summary>Says that matches of each pattern may end anywhere from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public void ReportAll(int first, int last, ref PatternHits hits)
    {
        for (var match = 0; match < _numbers.Length; match++)
        {
            hits.Add(_numbers[match], _longest[match], first, last);
        }
    }

    private static (int Digits, bool NeedsLongRun, bool NeedsContext, bool IsLed) KindOf(Recognizer recognizer, RecognizerPattern pattern)
    {
        var needsLongRun = recognizer.MinRun >= TextShape.LongRun;
        var digits = recognizer.MinDigits == 0 || needsLongRun ? 0 : recognizer.MinDigits < ManyDigits ? 1 : ManyDigits;
        return (digits, needsLongRun, digits == ManyDigits && pattern.NeedsContext, needsLongRun || PatternHead.IsLed(pattern.Syntax));
    }
}
