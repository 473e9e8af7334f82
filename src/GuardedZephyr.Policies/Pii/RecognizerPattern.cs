using System.Text.RegularExpressions;

namespace GuardedZephyr.Policies;

/// <summary>One way in which an entity is written. Thread-safe.</summary>
internal sealed class RecognizerPattern
{
    public const string ValueGroup = "value";

    /// <summary>What a pattern is to .NET, which says whether it can run in linear time.</summary>
    public const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private readonly Lazy<PatternMatcher> _matcher;

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
        Text = regex;
        Score = score;
        NeedsContext = needsContext;
        Syntax = PatternSyntax.Read(regex);
        Length = PatternLength.Of(Syntax);
        _matcher = new Lazy<PatternMatcher>(() => new PatternMatcher(Syntax, Length));
    }

    public string Name { get; }

    /// <summary>As the pack has it.</summary>
    public string Text { get; }

    public double Score { get; }

    public bool NeedsContext { get; }

    public PatternNode Syntax { get; }

    /// <summary>Of its matches, what stands around a value included.</summary>
    public PatternLength Length { get; }

    /// <summary>The matches that start from <paramref name="from"/> to <paramref name="last"/>. To be disposed of.</summary>
    public PatternSearch Search(ReadOnlySpan<char> text, int from, int last) => new(_matcher.Value, text, from, last);
}
