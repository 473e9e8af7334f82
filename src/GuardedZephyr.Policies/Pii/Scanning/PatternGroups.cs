using System.Text.RegularExpressions;

namespace GuardedZephyr.Policies;

/// <summary>
/// Patterns that need digits and nothing else, some at a time as alternatives of one regex: where that one does not match, none of them does, for
/// the price of one. Immutable and thread-safe.
/// </summary>
internal sealed class PatternGroups
{
    /// <summary>More in one regex have too many states in common to be told apart quickly.</summary>
    private const int Size = 8;

    private readonly Lazy<Regex>[] _groups;
    private readonly Dictionary<RecognizerPattern, int> _groupOf = new(ReferenceEqualityComparer.Instance);

    public PatternGroups(IEnumerable<Recognizer> recognizers)
    {
        Recognizer[] grouped = [.. recognizers.Where(recognizer => recognizer is { MinDigits: > 0, Literals: null, Contains: null, MinRun: 0 })];
        LongestMatch = grouped.Select(recognizer => recognizer.LongestMatch).DefaultIfEmpty().Max();
        var groups = grouped
            .SelectMany(recognizer => recognizer.Patterns.Where(pattern => !pattern.NeedsContext).Select(pattern => (pattern, recognizer.MinDigits)))
            .GroupBy(entry => entry.MinDigits, entry => entry.pattern)
            .SelectMany(ofDigits => ofDigits.Chunk(Size))
            .ToArray();
        _groups = [.. groups.Select(group => new Lazy<Regex>(() => AnyOf(group)))];
        foreach (var (group, index) in groups.Select((group, index) => (group, index)))
        {
            foreach (var pattern in group)
            {
                _groupOf[pattern] = index;
            }
        }
    }

    public int Count => _groups.Length;

    /// <summary>Of all patterns in groups.</summary>
    public int LongestMatch { get; }

    /// <returns>Negative for a pattern that stands alone.</returns>
    public int Of(RecognizerPattern pattern) => _groupOf.GetValueOrDefault(pattern, -1);

    public bool Match(int group, ReadOnlySpan<char> text, int from) => _groups[group].Value.IsMatch(text, from);

    private static Regex AnyOf(IEnumerable<RecognizerPattern> patterns)
    {
        var alternatives = patterns.Select(pattern => $"(?:{pattern.Regex.ToString().Replace($"(?<{RecognizerPattern.ValueGroup}>", "(?:", StringComparison.Ordinal)})");
        return new Regex(string.Join('|', alternatives), RecognizerPack.Options);
    }
}
