using System.Text.RegularExpressions;

namespace GuardedZephyr.Policies;

/// <param name="Regex">
/// Non-backtracking and bounded. Where it has a group <c>value</c>, that group is the finding and the rest tells what may stand around it.
/// </param>
/// <param name="Score">Of a match whose validator cannot decide and that no context supports.</param>
/// <param name="NeedsContext">A match counts only beside a context word, whatever the validator says.</param>
internal sealed record RecognizerPattern(string Name, Regex Regex, double Score, bool NeedsContext)
{
    public const string ValueGroup = "value";

    private readonly bool _hasValueGroup = Regex.GroupNumberFromName(ValueGroup) >= 0;

    /// <summary>Finds the first match that starts at or after <paramref name="from"/>; the text between <paramref name="from"/> and <paramref name="to"/> counts as the whole.</summary>
    /// <param name="start">Where the match starts.</param>
    /// <param name="value">Offset in the surface and length of what is found.</param>
    public bool TryFind(string surface, int from, int to, out int start, out (int Start, int Length) value)
    {
        foreach (var match in Regex.EnumerateMatches(surface.AsSpan(0, to), from))
        {
            start = match.Index;
            value = (match.Index, match.Length);
            if (_hasValueGroup && Regex.Match(surface, match.Index).Groups[ValueGroup] is { Success: true } group)
            {
                value = (group.Index, group.Length);
            }

            return true;
        }

        (start, value) = (0, default);
        return false;
    }
}
