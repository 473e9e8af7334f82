using System.Buffers;

namespace GuardedZephyr.Policies;

/// <summary>One text being scanned: what all recognizers ask about it, found out once.</summary>
internal ref struct SurfaceScan
{
    private const byte Unknown = 0;
    private const byte Matches = 1;
    private const byte MatchesNot = 2;

    private readonly ReadOnlySpan<ulong> _context;
    private readonly ReadOnlySpan<ulong> _literals;
    private readonly SpokenText? _spoken;
    private readonly PatternGroups _groups;
    private readonly Span<byte> _groupMatches;
    private int[]? _digits;
    private int _digitCount = -1;
    private int _wanted;
    private int _shortest;

    /// <param name="context">The recognizers that can have context in the surface, by <see cref="WordReader"/>.</param>
    /// <param name="literals">The recognizers that have a literal in the surface, by <see cref="LiteralIndex"/>.</param>
    /// <param name="longestRun">Of <see cref="Text"/>, by <see cref="WordReader"/>.</param>
    /// <param name="groups">Of the patterns that need nothing but digits.</param>
    /// <param name="groupMatches">Room for a byte a group.</param>
    /// <param name="spoken">What is scanned in place of the surface that it was made of.</param>
    public SurfaceScan(
        string surface, ReadOnlySpan<ulong> context, ReadOnlySpan<ulong> literals, int longestRun, PatternGroups groups, Span<byte> groupMatches, SpokenText? spoken = null)
    {
        _groups = groups;
        _groupMatches = groupMatches;
        groupMatches.Clear();
        Surface = surface;
        Text = spoken?.Text ?? surface;
        LongestRun = longestRun;
        _context = context;
        _literals = literals;
        _spoken = spoken;
    }

    /// <summary>What candidates are offsets of, and where their context is looked for.</summary>
    public string Surface { get; }

    /// <summary>What patterns run on.</summary>
    public string Text { get; }

    /// <summary>Characters without white space that stand in a row somewhere in <see cref="Text"/>, at most.</summary>
    public int LongestRun { get; }

    /// <summary>Offsets of the digits 0 to 9, rising.</summary>
    public ReadOnlySpan<int> Digits
    {
        get
        {
            if (_digitCount < 0)
            {
                ReadDigits();
            }

            return _digits.AsSpan(0, _digitCount);
        }
    }

    /// <summary>Whether so many digits stand somewhere within so many characters.</summary>
    public bool HasDigits(int wanted, int within)
    {
        if (wanted == 0)
        {
            return true;
        }

        var digits = Digits;
        if (digits.Length < wanted)
        {
            return false;
        }

        if (_wanted != wanted)
        {
            _wanted = wanted;
            _shortest = int.MaxValue;
            for (var i = wanted - 1; i < digits.Length; i++)
            {
                _shortest = Math.Min(_shortest, digits[i] - digits[i - wanted + 1] + 1);
            }
        }

        return _shortest <= within;
    }

    /// <summary>Whether a candidate of the recognizer can have context.</summary>
    public readonly bool HasContext(int rank) => RankMasks.Has(_context, rank);

    /// <summary>Whether one of the recognizer's literals is in the surface.</summary>
    public readonly bool HasLiteral(int rank) => RankMasks.Has(_literals, rank);

    /// <summary>Whether the pattern can match: it does not where the group that it belongs to does not.</summary>
    public bool MayMatch(RecognizerPattern pattern)
    {
        var group = _groups.Of(pattern);
        if (group < 0)
        {
            return true;
        }

        if (_groupMatches[group] == Unknown)
        {
            var digits = Digits;
            var from = Math.Max(0, digits[0] - _groups.LongestMatch);
            var to = Math.Min(Text.Length, digits[^1] + _groups.LongestMatch + 1);
            _groupMatches[group] = _groups.Match(group, Text.AsSpan(0, to), from) ? Matches : MatchesNot;
        }

        return _groupMatches[group] == Matches;
    }

    /// <summary>The span of the surface that gave a span of <see cref="Text"/>.</summary>
    public readonly (int Start, int Length) SurfaceSpan(int start, int length) => _spoken?.SurfaceSpan(start, length) ?? (start, length);

    public void Dispose()
    {
        if (_digits is not null)
        {
            ArrayPool<int>.Shared.Return(_digits);
            _digits = null;
        }
    }

    private void ReadDigits()
    {
        _digitCount = 0;
        var first = Text.AsSpan().IndexOfAnyInRange('0', '9');
        if (first < 0)
        {
            return;
        }

        _digits = ArrayPool<int>.Shared.Rent(Text.Length - first);
        for (var i = first; i < Text.Length; i++)
        {
            // Without a branch: digits come in no order that a processor could foresee.
            _digits[_digitCount] = i;
            _digitCount += char.IsAsciiDigit(Text[i]) ? 1 : 0;
        }
    }
}
