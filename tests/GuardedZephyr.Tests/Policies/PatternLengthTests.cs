using System.Text.RegularExpressions;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PatternLengthTests
{
    [Theory]
    [InlineData("abc", 3)]
    [InlineData("a|bcd|", 3)]
    [InlineData("(?:ab){2,5}?c?", 11)]
    [InlineData(@"\b[0-9]{3}\.\d{2}\Z$^\A\B", 6)]
    [InlineData(@"[]\]a-z]x[^\]]{4}", 6)]
    [InlineData("[a-z-[aeiou]]{2}", 2)]
    [InlineData("(?<value>a{2})(?i:b)(?i)c(d)", 5)]
    [InlineData(@"\p{Lu}\u0041\x41\\", 4)]
    [InlineData("(?:^|[^0-9])(?<value>[0-9]{4}(?:[ -]?[0-9]){3})", 11)]
    [InlineData("", 0)]
    public void Longest_match_is_counted(string pattern, int length)
    {
        _ = new Regex(pattern);

        Assert.Equal(length, PatternLength.Of(pattern).Max);
    }

    [Theory]
    [InlineData("a{2,5}b?|c", 1)]
    [InlineData(@"\b(?:a|)", 0)]
    [InlineData("[ab]?(?:cd){0,3}", 0)]
    [InlineData("(?:^|x)[0-9]{3}(?:$|y)", 3)]
    public void Shortest_match_is_counted(string pattern, int length) => Assert.Equal(length, PatternLength.Of(pattern).Min);

    [Theory]
    [InlineData("a*", 2)]
    [InlineData("ab+", 3)]
    [InlineData("a{2,}", 2)]
    [InlineData("(?=a)b", 3)]
    [InlineData("(?<!a)b", 3)]
    [InlineData(@"(a)\1", 4)]
    [InlineData("(?>a)", 3)]
    [InlineData("(?'n'a)", 3)]
    [InlineData("(?x)a # b", 3)]
    [InlineData("(?:a?|b){2}c", 11)]
    public void What_has_no_bound_is_refused_with_the_place(string pattern, int character)
    {
        var refused = Assert.Throws<NotSupportedException>(() => PatternLength.Of(pattern));

        Assert.Contains($"at character {character}:", refused.Message, StringComparison.Ordinal);
    }
}
