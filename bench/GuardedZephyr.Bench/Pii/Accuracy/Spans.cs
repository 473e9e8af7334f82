using GuardedZephyr.Policies;

namespace GuardedZephyr.Bench;

/// <summary>When findings count as having found a place: every letter and digit of it lies in one of them.</summary>
internal static class Spans
{
    /// <summary>Whether findings, taken together, cover every letter and digit from <paramref name="start"/> to <paramref name="end"/>; every character where there is none of these.</summary>
    public static bool Cover(string text, int start, int end, IReadOnlyList<Finding> findings)
    {
        var hasWords = text.AsSpan(start, end - start).ContainsAnyWord();
        for (var index = start; index < end; index++)
        {
            if ((!hasWords || char.IsLetterOrDigit(text, index)) && !findings.Any(finding => index >= finding.Start && index < finding.End))
            {
                return false;
            }
        }

        return end > start;
    }

    /// <summary>Whether a letter or digit of the place lies in the finding.</summary>
    public static bool Share(string text, int start, int end, Finding finding)
    {
        var from = Math.Max(start, finding.Start);
        var to = Math.Min(end, finding.End);
        return from < to && text.AsSpan(from, to - from).ContainsAnyWord();
    }

    private static bool ContainsAnyWord(this ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
            {
                return true;
            }
        }

        return false;
    }
}
