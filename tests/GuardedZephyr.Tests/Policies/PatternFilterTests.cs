using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PatternFilterTests
{
    [Fact]
    public void No_match_of_any_pattern_is_left_out() =>
        Gen.Select(PatternGen.Pattern.Array[1, 6], PatternGen.Text.Array[1, 20]).Sample(
            (patterns, texts) =>
            {
                var filter = Filter(patterns);
                Assert.All(texts, text => Assert.Empty(Missed(filter, text)));
            },
            iter: 150);

    [Fact]
    public void Pattern_with_more_states_than_memory_takes_is_looked_for_all_the_same()
    {
        var filter = Filter(new RecognizerPattern("", "a[ab]{16}c", 0.5, needsContext: false));
        var text = new string(new Random(1).GetItems<char>("abababababababac", 60_000));

        Assert.Empty(Missed(filter, text));
    }

    [Fact]
    public void Clean_text_gives_no_work()
    {
        using var hits = new PatternFilter(ShippedPolicies.Recognizers).Scan("Please say what 3.5 % of 20 is, and who won it in May; I have no idea.", all: false, CancellationToken.None);

        Assert.Equal([], hits.Regions.ToArray());
    }

    /// <summary>Matches of .NET's regex that start where the filter says that none does.</summary>
    private static List<string> Missed(PatternFilter filter, string text)
    {
        using var hits = filter.Scan(text, all: false, CancellationToken.None);
        var regions = hits.Regions.ToArray();
        return
        [
            .. filter.Patterns.SelectMany((entry, number) => DotNet.Matches(DotNet.Regex(entry.Pattern), text)
                .Where(match => !regions.Any(region => region.Pattern == number && match.Match <= region.Last && match.Match >= region.FirstStart(entry.Pattern.Length.Max)))
                .Select(match => $"{entry.Pattern.Name} at {match.Match}")),
        ];
    }

    private static PatternFilter Filter(params RecognizerPattern[] patterns) => new([new Recognizer { Entity = "SOME", Patterns = patterns, LongestMatch = patterns.Max(pattern => pattern.Length.Max) }]);
}
