using System.Globalization;

namespace GuardedZephyr.Policies;

/// <summary>How many characters a regular expression matches, at least and at most.</summary>
internal readonly record struct PatternLength(int Min, int Max)
{
    /// <param name="pattern">A pattern that <see cref="System.Text.RegularExpressions.Regex"/> has accepted.</param>
    /// <exception cref="NotSupportedException">There is no bound, or it cannot be told; the message says where.</exception>
    public static PatternLength Of(string pattern) => new Reader(pattern).Pattern();

    private PatternLength Or(PatternLength other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    private PatternLength Then(PatternLength next) => checked(new(Min + next.Min, Max + next.Max));

    private PatternLength Times(PatternLength count) => checked(new(Min * count.Min, Max * count.Max));

    /// <summary>
    /// Reads the part of .NET's syntax that NonBacktracking takes. An unbounded quantifier, or syntax outside that part, is refused, so
    /// that a recognizer's longest match holds by construction.
    /// </summary>
    private sealed class Reader(string pattern)
    {
        private static readonly PatternLength Zero = new(0, 0);
        private static readonly PatternLength One = new(1, 1);

        private int _position;

        public PatternLength Pattern()
        {
            var length = Alternatives();
            return _position == pattern.Length ? length : throw Unsupported();
        }

        private PatternLength Alternatives()
        {
            var length = Sequence();
            while (Skip('|'))
            {
                length = length.Or(Sequence());
            }

            return length;
        }

        private PatternLength Sequence()
        {
            var length = Zero;
            while (_position < pattern.Length && pattern[_position] is not ('|' or ')'))
            {
                length = length.Then(Atom().Times(Count()));
            }

            return length;
        }

        private PatternLength Atom()
        {
            switch (pattern[_position++])
            {
                case '^' or '$':
                    return Zero;
                case '(':
                    return Group();
                case '[':
                    SkipClass();
                    return One;
                case '\\':
                    return Escape();
                default:
                    return One;
            }
        }

        private PatternLength Group()
        {
            if (Skip('?'))
            {
                var end = pattern.IndexOfAny([':', '>', ')'], _position);
                var opening = pattern.AsSpan(_position, Math.Max(0, end - _position));
                var isName = end >= 0 && pattern[end] == '>' && opening.StartsWith('<') && !opening.ContainsAny('=', '!');
                var areOptions = end >= 0 && pattern[end] != '>' && !opening.ContainsAnyExcept("imns-");
                if (!isName && !areOptions)
                {
                    throw Unsupported();
                }

                _position = end + 1;
                if (pattern[end] == ')')
                {
                    return Zero; // options for what follows
                }
            }

            var length = Alternatives();
            return Skip(')') ? length : throw Unsupported();
        }

        private PatternLength Escape()
        {
            switch (pattern[_position++])
            {
                case 'b' or 'B' or 'A' or 'z' or 'Z':
                    return Zero;
                case 'p' or 'P':
                    _position = pattern.IndexOf('}', _position) + 1;
                    return One;
                case 'x':
                    _position += 2;
                    return One;
                case 'u':
                    _position += 4;
                    return One;
                case 'k' or 'G' or 'c' or (>= '0' and <= '9'):
                    _position -= 2;
                    throw Unsupported();
                default:
                    return One;
            }
        }

        private void SkipClass()
        {
            Skip('^');
            for (var first = true; first || pattern[_position] != ']'; first = false)
            {
                switch (pattern[_position++])
                {
                    case '\\':
                        _position++;
                        break;
                    case '[' when pattern[_position - 2] == '-':
                        SkipClass();
                        break;
                    default:
                        break;
                }
            }

            _position++;
        }

        private PatternLength Count()
        {
            if (_position == pattern.Length)
            {
                return One;
            }

            var count = One;
            switch (pattern[_position])
            {
                case '*' or '+':
                    throw Unsupported();
                case '?':
                    _position++;
                    count = new PatternLength(0, 1);
                    break;
                case '{':
                    count = Interval();
                    break;
                default:
                    return One;
            }

            Skip('?');
            return count;
        }

        private PatternLength Interval()
        {
            var end = pattern.IndexOf('}', _position);
            var bounds = end < 0 ? [] : pattern[(_position + 1)..end].Split(',');
            if (bounds.Length is 1 or 2 && Number(bounds[0]) is { } least && Number(bounds[^1]) is { } most)
            {
                _position = end + 1;
                return new PatternLength(least, most);
            }

            throw Unsupported();
        }

        private static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        private bool Skip(char character)
        {
            if (_position < pattern.Length && pattern[_position] == character)
            {
                _position++;
                return true;
            }

            return false;
        }

        private NotSupportedException Unsupported() =>
            new($"its longest match cannot be told at character {_position + 1}: use bounded quantifiers ({{0,64}} for *), plain groups and classes");
    }
}
