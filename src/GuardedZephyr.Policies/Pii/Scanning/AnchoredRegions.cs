using System.Buffers;

namespace GuardedZephyr.Policies;

/// <summary>
/// The parts of a text that can hold a match: those within a recognizer's longest match of the characters that every finding has. Outside
/// of them no pattern runs, so clean text costs next to nothing.
/// </summary>
/// <remarks>
/// A part is one character wider on either side than any match that counts, so that <c>^</c>, <c>$</c> and <c>\b</c> at its edges, where the
/// text goes on, can only belong to matches without those characters, which are dropped anyway.
/// </remarks>
internal ref struct AnchoredRegions
{
    private readonly ReadOnlySpan<char> _text;
    private readonly ReadOnlySpan<int> _digits;
    private readonly SearchValues<char>? _contains;
    private readonly int _minDigits;
    private readonly int _longest;
    private int _next;

    private AnchoredRegions(ReadOnlySpan<char> text, ReadOnlySpan<int> digits, int minDigits, SearchValues<char>? contains, int longest)
    {
        _text = text;
        _digits = digits;
        _minDigits = minDigits;
        _contains = contains;
        _longest = longest;
    }

    /// <summary>Start of the current part.</summary>
    public int Start { get; private set; }

    /// <summary>End of the current part.</summary>
    public int End { get; private set; }

    public static AnchoredRegions Of(Recognizer recognizer, ref SurfaceScan scan) => new(
        scan.Text,
        recognizer.Contains is null && recognizer.MinDigits > 0 ? scan.Digits : [],
        recognizer.MinDigits,
        recognizer.Contains,
        recognizer.LongestMatch);

    public bool MoveNext()
    {
        if (_contains is null && _minDigits == 0)
        {
            (Start, End) = (0, _text.Length);
            return _next++ == 0;
        }

        if (!TryReadAnchor(out var first, out var last))
        {
            return false;
        }

        Start = Math.Max(0, last - _longest);
        var end = first + _longest;
        while (TryPeekAnchor(out first, out last) && last - _longest <= end)
        {
            end = first + _longest;
            Skip(first);
        }

        End = Math.Min(_text.Length, end + 1);
        return true;
    }

    private bool TryReadAnchor(out int first, out int last)
    {
        var found = TryPeekAnchor(out first, out last);
        Skip(first);
        return found;
    }

    /// <summary>The next characters that one finding could have together: one of the set, or enough digits close enough to each other.</summary>
    private bool TryPeekAnchor(out int first, out int last)
    {
        first = last = 0;
        if (_contains is not null)
        {
            var step = _text[_next..].IndexOfAny(_contains);
            first = last = _next + step;
            return step >= 0;
        }

        for (; _next + _minDigits <= _digits.Length; _next++)
        {
            first = _digits[_next];
            last = _digits[_next + _minDigits - 1];
            if (last - first < _longest)
            {
                return true;
            }
        }

        return false;
    }

    private void Skip(int first) => _next = _contains is null ? _next + 1 : first + 1;
}
