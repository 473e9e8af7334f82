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

    public bool HasValueGroup { get; } = Regex.GroupNumberFromName(ValueGroup) >= 0;
}
