using System.Text.RegularExpressions;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>What .NET's own regex makes of a pattern: the backtracking one, which says what a pattern means. The one without backtracking misses some matches.</summary>
internal static class DotNet
{
    public static Regex Regex(RecognizerPattern pattern) => new(pattern.Text, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>The value of the match that starts at each place where one does.</summary>
    public static IEnumerable<(int Match, int Start, int Length)> Matches(Regex regex, string text)
    {
        for (var match = regex.Match(text); match.Success && match.Length > 0; match = match.Index < text.Length ? regex.Match(text, match.Index + 1) : Match.Empty)
        {
            var value = match.Groups["value"] is { Success: true } group ? group : match;
            yield return (match.Index, value.Index, value.Length);
        }
    }
}
