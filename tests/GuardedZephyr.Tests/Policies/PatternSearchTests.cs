using System.Text.RegularExpressions;
using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PatternSearchTests
{
    [Fact]
    public void Pattern_finds_what_the_regex_of_dotnet_finds() =>
        Gen.Select(PatternGen.Pattern, PatternGen.Text.Array[1, 20]).Sample(
            (pattern, texts) =>
            {
                var regex = DotNet.Regex(pattern);
                Assert.All(texts.Where(text => IsAgreed(pattern, text)), text => AssertAgrees(pattern, regex, text));
            },
            iter: 1000);

    [Theory]
    [InlineData(@"\bx", "x éx _x 中x -x\u0301x", new[] { 0, 12 })]
    [InlineData(@"x\B.", "xé x. x_ xx", new[] { 0, 6, 9 })]
    [InlineData(@"[^0-9A-Za-z]{1,9}\ba", "½É--a", new[] { 0, 1, 2, 3 })]
    public void Word_is_what_unicode_calls_so(string regex, string text, int[] starts)
    {
        var found = new List<int>();
        using var matches = new RecognizerPattern("", regex, 0.5, needsContext: false).Search(text, 0, text.Length);
        while (matches.MoveNext())
        {
            found.Add(matches.Value.Start);
        }

        Assert.Equal(starts, found);
    }

    [Fact]
    public void Patterns_of_the_packs_find_in_all_examples_what_the_regex_of_dotnet_finds()
    {
        foreach (var pack in ShippedPolicies.PackNames)
        {
            var text = string.Join('\n', ShippedPolicies.ExampleTexts(pack));
            Assert.All(ShippedPolicies.Packs(pack).Recognizers.SelectMany(recognizer => recognizer.Patterns), pattern => AssertAgrees(pattern, DotNet.Regex(pattern), text));
        }
    }

    [Fact]
    public void Longest_of_equals_is_not_better_than_the_first()
    {
        var pattern = new RecognizerPattern("", "x(?<value>a|ab)c?", 0.5, needsContext: false);
        using var matches = pattern.Search("xabc", 0, 4);

        Assert.True(matches.MoveNext());
        Assert.Equal((1, 1), matches.Value);
        Assert.False(matches.MoveNext());
    }

    [Fact]
    public void Text_that_makes_others_go_back_for_ever_is_read_in_linear_time()
    {
        var pattern = new RecognizerPattern("", "(?:(?:a{1,9}){1,9}){1,9}b", 0.5, needsContext: false);
        using var matches = pattern.Search(new string('a', 5000), 0, 5000);

        Assert.False(matches.MoveNext()); // within the tests' patience, where a backtracking engine would take longer than the universe
    }

    /// <summary>Beside <c>\b</c>, .NET takes loops over letters beyond ASCII to be over too early and misses matches.</summary>
    private static bool IsAgreed(RecognizerPattern pattern, string text) =>
        !pattern.Text.Contains(@"\b", StringComparison.OrdinalIgnoreCase) || !text.Any(character => character == '_' || (character >= 0x80 && char.IsLetter(character)));

    private static void AssertAgrees(RecognizerPattern pattern, Regex regex, string text)
    {
        var found = new List<string>();
        using var matches = pattern.Search(text, 0, text.Length);
        while (matches.MoveNext())
        {
            found.Add($"{pattern.Text} finds {matches.Value}");
        }

        Assert.Equal(DotNet.Matches(regex, text).Select(match => $"{pattern.Text} finds {(match.Start, match.Length)}"), found);
    }
}
