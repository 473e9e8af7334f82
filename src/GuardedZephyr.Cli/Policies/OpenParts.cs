using System.Text.RegularExpressions;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

/// <summary>Finds what looks like personal data and is not taken.</summary>
internal static class OpenParts
{
    /// <summary>Words with a digit or an at sign; those that follow each other are one part.</summary>
    private static readonly Regex Part = new(@"[^ \t\r\n]*[0-9@][^ \t\r\n]*(?: [^ \t\r\n]*[0-9@][^ \t\r\n]*)*", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>What may stand behind a value and is none of it.</summary>
    private static readonly char[] Closing = ['.', ',', ';', ':', '!', '?', '\'', '"', ')', ']', '}'];

    /// <returns>Spans of the original that hold nothing of what is taken.</returns>
    public static IEnumerable<(int Start, int Length)> Of(GuardText text, IEnumerable<ExplainedMatch> taken)
    {
        var isTaken = new bool[text.Original.Length];
        foreach (var match in taken)
        {
            isTaken.AsSpan(match.Start, match.Length).Fill(true);
        }

        var open = string.Concat(text.Surface.Select((character, index) => isTaken[text.OriginalOffset(index)] ? '\n' : character));
        return Part.Matches(open).Select(part => text.OriginalSpan(part.Index, part.Value.TrimEnd(Closing).Length));
    }
}
