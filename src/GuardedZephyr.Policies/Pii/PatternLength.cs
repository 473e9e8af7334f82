using System.Globalization;

namespace GuardedZephyr.Policies;

/// <summary>
/// How many characters a regular expression can match at most. It reads the part of .NET's syntax that NonBacktracking takes; an
/// unbounded quantifier or syntax outside that part is refused, so that a recognizer's longest match holds by construction.
/// </summary>
internal sealed class PatternLength
{
    private readonly string _pattern;
    private int _position;

    private PatternLength(string pattern)
    {
        _pattern = pattern;
    }

    /// <param name="pattern">A pattern that <see cref="System.Text.RegularExpressions.Regex"/> has accepted.</param>
    /// <exception cref="NotSupportedException">There is no bound, or it cannot be told; the message says where.</exception>
    public static int Max(string pattern)
    {
        var reader = new PatternLength(pattern);
        var length = reader.Alternatives();
        return reader._position == pattern.Length ? length : throw reader.Unsupported();
    }

    private int Alternatives()
    {
        var longest = Sequence();
        while (Skip('|'))
        {
            longest = Math.Max(longest, Sequence());
        }

        return longest;
    }

    private int Sequence()
    {
        var length = 0;
        while (_position < _pattern.Length && _pattern[_position] is not ('|' or ')'))
        {
            length = checked(length + (Atom() * Repeats()));
        }

        return length;
    }

    private int Atom()
    {
        switch (_pattern[_position++])
        {
            case '^' or '$':
                return 0;
            case '(':
                return Group();
            case '[':
                SkipClass();
                return 1;
            case '\\':
                return Escape();
            case '*' or '+' or '?':
                _position--;
                throw Unsupported();
            default:
                return 1;
        }
    }

    private int Group()
    {
        if (Skip('?'))
        {
            var end = _pattern.IndexOfAny([':', '>', ')'], _position);
            var isOption = end >= 0 && _pattern[end] == ')';
            var isNameOrOption = end >= 0 && _pattern[_position] is not ('=' or '!' or '(' or '>') && !_pattern.AsSpan(_position).StartsWith("<=") && !_pattern.AsSpan(_position).StartsWith("<!");
            if (!isNameOrOption)
            {
                throw Unsupported();
            }

            _position = end + 1;
            if (isOption)
            {
                return 0;
            }
        }

        var length = Alternatives();
        return Skip(')') ? length : throw Unsupported();
    }

    private int Escape()
    {
        switch (_pattern[_position++])
        {
            case 'b' or 'B' or 'A' or 'z' or 'Z':
                return 0;
            case 'p' or 'P':
                _position = _pattern.IndexOf('}', _position) + 1;
                return 1;
            case 'x':
                _position += 2;
                return 1;
            case 'u':
                _position += 4;
                return 1;
            case 'k' or 'G' or 'c' or (>= '0' and <= '9'):
                _position -= 2;
                throw Unsupported();
            default:
                return 1;
        }
    }

    private void SkipClass()
    {
        Skip('^');
        for (var first = true; first || _pattern[_position] != ']'; first = false)
        {
            switch (_pattern[_position++])
            {
                case '\\':
                    _position++;
                    break;
                case '[' when !first && _pattern[_position - 2] == '-':
                    SkipClass();
                    break;
                default:
                    break;
            }
        }

        _position++;
    }

    private int Repeats()
    {
        if (_position == _pattern.Length)
        {
            return 1;
        }

        var repeats = 1;
        switch (_pattern[_position])
        {
            case '*' or '+':
                throw Unsupported();
            case '?':
                _position++;
                break;
            case '{':
                repeats = Interval();
                break;
            default:
                return 1;
        }

        Skip('?');
        return repeats;
    }

    private int Interval()
    {
        var end = _pattern.IndexOf('}', _position);
        var bounds = end < 0 ? [] : _pattern[(_position + 1)..end].Split(',');
        if (bounds.Length is 1 or 2 && int.TryParse(bounds[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var most))
        {
            _position = end + 1;
            return most;
        }

        throw Unsupported();
    }

    private bool Skip(char character)
    {
        if (_position < _pattern.Length && _pattern[_position] == character)
        {
            _position++;
            return true;
        }

        return false;
    }

    private NotSupportedException Unsupported() =>
        new($"its longest match cannot be told at character {_position + 1}: use bounded quantifiers ({{0,64}} for *), plain groups and classes");
}
