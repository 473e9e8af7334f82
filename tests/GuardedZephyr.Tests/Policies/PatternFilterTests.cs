using System.Text.RegularExpressions;
using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PatternFilterTests
{
    private static readonly Gen<string> Atom = Gen.OneOf(
        "a", "B", "1", "-", " ", @"\.", "[ab]", "[a-c0-9]", "[^a]", "[^0-9A-Za-z]", @"\d", @"\w", @"\s", @"[^\p{L}1]", @"\p{Lu}", "é", "k", "[a-z-[b]]", @"\u0041",
        @"\b", @"\B", "^", "$", "(?m:^)", "(?m:$)", @"\z", "(?:^|[^1])", "(?:$|-)");

    private static readonly Gen<string> Quantifier = Gen.Frequency((6, ""), (1, "?"), (1, "{2}"), (1, "{0,3}"), (1, "{1,9}"), (1, "{0,7}?"));

    private static readonly Gen<string> Texts =
        Gen.OneOf("a", "b", "c", "A", "B", "k", "K", "1", "2", "-", " ", ".", "\n", "é", "É", "\u212A", "ß", "中", "½", "_", "aB1", "aa", "11").Array[0, 30].Select(string.Concat);

    [Fact]
    public void No_match_of_any_pattern_is_left_out() =>
        Gen.Select(Pattern(depth: 2).Array[1, 6], Texts.Array[1, 20]).Sample(
            (patterns, texts) =>
            {
                RecognizerPattern[] bounded = [.. patterns.Select(regex => new RecognizerPattern(regex, regex, 0.5, needsContext: false)).Where(pattern => pattern.Length is { Min: > 0, Max: < 150 })];
                var filter = new PatternFilter([Recognizer(bounded)]);
                Assert.All(texts, text => Assert.All(Missed(filter, text), Assert.Null));
            },
            iter: 250);

    [Fact]
    public void Pattern_with_more_states_than_memory_takes_finds_the_same()
    {
        var filter = new PatternFilter([Recognizer([new RecognizerPattern("", "a[ab]{16}c", 0.5, needsContext: false)])]);
        var random = new Random(1);
        var text = string.Create(60_000, random, (span, random) => random.GetItems("ababababababababc", span));

        Assert.Empty(Missed(filter, text));
    }

    [Fact]
    public void Clean_text_gives_no_work()
    {
        using var hits = new PatternFilter(ShippedPolicies.Recognizers).Scan("Please say what 3.5 % of 20 is, and who won it in May; I have no idea.", all: false, CancellationToken.None);

        Assert.Equal([], hits.Regions.ToArray());
    }

    /// <summary>Matches that start where the filter says that none does.</summary>
    private static List<string?> Missed(PatternFilter filter, string text)
    {
        var missed = new List<string?>();
        using var hits = filter.Scan(text, all: false, CancellationToken.None);
        var regions = hits.Regions.ToArray();
        foreach (var ((_, pattern), number) in filter.Patterns.Select((entry, number) => (entry, number)))
        {
            for (var from = 0; pattern.TryFind(text, from, text.Length, out var start, out _); from = start + 1)
            {
                if (!regions.Any(region => region.Pattern == number && start <= region.Last && start >= region.Window(pattern.Length.Max, text.Length).From))
                {
                    missed.Add($"{pattern.Name} at {start} of '{Regex.Escape(text)}'");
                }
            }
        }

        return missed;
    }

    private static Recognizer Recognizer(IReadOnlyList<RecognizerPattern> patterns) => new() { Entity = "SOME", Patterns = patterns, LongestMatch = patterns.Select(pattern => pattern.Length.Max).DefaultIfEmpty().Max() };

    private static Gen<string> Pattern(int depth)
    {
        var part = depth == 0 ? Atom : Gen.Frequency(
            (4, Atom),
            (2, Pattern(depth - 1).Select(inner => $"(?:{inner})")),
            (1, Pattern(depth - 1).Select(inner => $"(?i:{inner})")),
            (1, Gen.Select(Pattern(depth - 1), Pattern(depth - 1), (one, other) => $"(?:{one}|{other})")));
        return Gen.Select(part, Quantifier, (atom, count) => atom is "^" or "$" || atom.StartsWith(@"\b", StringComparison.OrdinalIgnoreCase) || atom == @"\z" ? atom : atom + count).Array[1, 4].Select(string.Concat);
    }
}
