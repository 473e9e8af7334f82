using System.Text.RegularExpressions;

namespace GuardedZephyr.Policies;

/// <summary>One way in which an entity is written. Thread-safe.</summary>
internal sealed class RecognizerPattern
{
    public const string ValueGroup = "value";

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private readonly Lazy<Regex> _regex;
    private readonly bool _hasValueGroup;

    /// <param name="regex">
    /// Non-backtracking and bounded. Where it has a group <c>value</c>, that group is the finding and the rest tells what may stand around it.
    /// </param>
    /// <param name="score">Of a match whose validator cannot decide and that no context supports.</param>
    /// <param name="needsContext">A match counts only beside a context word, whatever the validator says.</param>
    /// <exception cref="NotSupportedException">It has no bound, or it cannot be told; the message says where.</exception>
    /// <exception cref="OverflowException">It has a bound that is beyond counting.</exception>
    public RecognizerPattern(string name, string regex, double score, bool needsContext)
    {
        Name = name;
        Score = score;
        NeedsContext = needsContext;
        Syntax = PatternSyntax.Read(regex);
        Length = PatternLength.Of(Syntax);
        _regex = new Lazy<Regex>(() => new Regex(regex, Options));
        _hasValueGroup = regex.Contains($"(?<{ValueGroup}>", StringComparison.Ordinal);
    }

    public string Name { get; }

    public double Score { get; }

    public bool NeedsContext { get; }

    public PatternNode Syntax { get; }

    /// <summary>Of its matches, what stands around a value included.</summary>
    public PatternLength Length { get; }

    /// <summary>Builds what runs the pattern, which takes milliseconds, now and not when a text first needs it.</summary>
    /// <exception cref="ArgumentException">It is no regex.</exception>
    /// <exception cref="NotSupportedException">It cannot run in linear time.</exception>
    public void Build() => _ = _regex.Value;

    /// <summary>Finds the first match that starts at or after <paramref name="from"/>; the text before <paramref name="to"/> counts as the whole.</summary>
    /// <param name="start">Where the match starts.</param>
    /// <param name="value">Offset in the surface and length of what is found.</param>
    public bool TryFind(string surface, int from, int to, out int start, out (int Start, int Length) value)
    {
        foreach (var match in _regex.Value.EnumerateMatches(surface.AsSpan(0, to), from))
        {
            start = match.Index;
            value = (match.Index, match.Length);
            if (_hasValueGroup && _regex.Value.Match(surface, match.Index).Groups[ValueGroup] is { Success: true } group)
            {
                value = (group.Index, group.Length);
            }

            return true;
        }

        (start, value) = (0, default);
        return false;
    }
}
