using System.Text.RegularExpressions;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Finds what a pattern matches, also where the shipped recognizers never would: over the edges of placeholders.</summary>
internal sealed class PatternDetector(string category, string pattern, int longestMatch) : IDetector
{
    private readonly Regex _regex = new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public string Name => "pattern";

    public int? Reach => longestMatch;

    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        for (Match match = _regex.Match(text.Surface); match.Success; match = _regex.Match(text.Surface, match.Index + 1))
        {
            (int start, int length) = text.OriginalSpan(match.Index, match.Length);
            findings.Add(new Finding(category, start, length, 0.9, Name));
        }

        return ValueTask.FromResult<IReadOnlyList<Finding>>(findings);
    }
}
