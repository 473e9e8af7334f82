using System.Globalization;
using System.Text.RegularExpressions;

namespace GuardedZephyr.Policies;

/// <summary>
/// Reads the part of .NET's syntax that NonBacktracking takes. An unbounded quantifier, or syntax outside that part, is refused, so that a
/// recognizer's longest match holds by construction.
/// </summary>
internal sealed class PatternSyntax
{
    private readonly string _pattern;
    private int _position;
    private RegexOptions _options;

    private PatternSyntax(string pattern) => _pattern = pattern;

    /// <param name="pattern">A pattern that <see cref="Regex"/> accepts.</param>
    /// <exception cref="NotSupportedException">There is no bound, or it cannot be told; the message says where.</exception>
    public static PatternNode Read(string pattern)
    {
        var reader = new PatternSyntax(pattern);
        var root = reader.Alternatives();
        return reader._position == pattern.Length ? root : throw reader.Unsupported();
    }

    private PatternNode Alternatives()
    {
        var options = new List<PatternNode> { Sequence() };
        while (Skip('|'))
        {
            options.Add(Sequence());
        }

        return options.Count == 1 ? options[0] : new PatternNode.Choice(options);
    }

    private PatternNode.Sequence Sequence()
    {
        var parts = new List<PatternNode>();
        while (_position < _pattern.Length && _pattern[_position] is not ('|' or ')'))
        {
            var part = Atom();
            var (least, most) = Count();
            var isLazy = (least, most) != (1, 1) && Skip('?');
            if (most > 1 && PatternLength.Of(part).Min == 0)
            {
                throw new NotSupportedException($"what may be empty is repeated at character {_position}: say how often its parts are");
            }

            parts.Add((least, most) == (1, 1) ? part : new PatternNode.Repeat(part, least, most, isLazy));
        }

        return new PatternNode.Sequence(parts);
    }

    private PatternNode Atom()
    {
        var start = _position;
        switch (_pattern[_position++])
        {
            case '^':
                return new PatternNode.Edge(_options.HasFlag(RegexOptions.Multiline) ? PatternEdge.LineStart : PatternEdge.TextStart);
            case '$':
                return new PatternNode.Edge(_options.HasFlag(RegexOptions.Multiline) ? PatternEdge.LineEnd : PatternEdge.TextEnd);
            case '(':
                return Group();
            case '[':
                SkipClass();
                break;
            case '\\':
                if (SkipEscape() is { } edge)
                {
                    return new PatternNode.Edge(edge);
                }

                break;
            default:
                break;
        }

        return new PatternNode.One(CharacterSet.Of(_pattern[start.._position], _options));
    }

    private PatternNode Group()
    {
        var outside = _options;
        var isValue = false;
        if (Skip('?'))
        {
            var end = _pattern.IndexOfAny([':', '>', ')'], _position);
            var opening = _pattern.AsSpan(_position, Math.Max(0, end - _position));
            var isName = end >= 0 && _pattern[end] == '>' && opening.StartsWith('<') && !opening.ContainsAny('=', '!');
            var areOptions = end >= 0 && _pattern[end] != '>' && !opening.ContainsAnyExcept("imns-");
            if (!isName && !areOptions)
            {
                throw Unsupported();
            }

            isValue = opening is $"<{RecognizerPattern.ValueGroup}";
            if (areOptions)
            {
                SetOptions(opening);
            }

            _position = end + 1;
            if (_pattern[end] == ')')
            {
                return new PatternNode.Sequence([]); // options for what follows
            }
        }

        var inside = Alternatives();
        _options = outside;
        return !Skip(')') ? throw Unsupported() : isValue ? new PatternNode.Value(inside) : inside;
    }

    private void SetOptions(ReadOnlySpan<char> letters)
    {
        var isOn = true;
        foreach (var letter in letters)
        {
            var option = letter switch { 'i' => RegexOptions.IgnoreCase, 'm' => RegexOptions.Multiline, 's' => RegexOptions.Singleline, _ => RegexOptions.None };
            isOn &= letter != '-';
            _options = isOn ? _options | option : _options & ~option;
        }
    }

    /// <returns>Null for one character.</returns>
    private PatternEdge? SkipEscape()
    {
        switch (_pattern[_position++])
        {
            case 'b':
                return PatternEdge.WordEdge;
            case 'B':
                return PatternEdge.NoWordEdge;
            case 'A':
                return PatternEdge.TextStart;
            case 'z':
                return PatternEdge.VeryEnd;
            case 'Z':
                return PatternEdge.TextEnd;
            case 'p' or 'P':
                _position = _pattern.IndexOf('}', _position) + 1;
                return null;
            case 'x':
                _position += 2;
                return null;
            case 'u':
                _position += 4;
                return null;
            case 'k' or 'G' or 'c' or (>= '0' and <= '9'):
                _position -= 2;
                throw Unsupported();
            default:
                return null;
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
                case '[' when _pattern[_position - 2] == '-':
                    SkipClass();
                    break;
                default:
                    break;
            }
        }

        _position++;
    }

    private (int Least, int Most) Count()
    {
        if (_position == _pattern.Length)
        {
            return (1, 1);
        }

        switch (_pattern[_position])
        {
            case '*' or '+':
                throw Unsupported();
            case '?':
                _position++;
                return (0, 1);
            case '{':
                return Interval();
            default:
                return (1, 1);
        }
    }

    private (int Least, int Most) Interval()
    {
        var end = _pattern.IndexOf('}', _position);
        var bounds = end < 0 ? [] : _pattern[(_position + 1)..end].Split(',');
        if (bounds.Length is 1 or 2 && Number(bounds[0]) is { } least && Number(bounds[^1]) is { } most)
        {
            _position = end + 1;
            return (least, most);
        }

        throw Unsupported();
    }

    private static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

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
