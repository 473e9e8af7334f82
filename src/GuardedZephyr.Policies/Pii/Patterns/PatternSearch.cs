using System.Buffers;

namespace GuardedZephyr.Policies;

/// <summary>
/// The matches of a pattern that start in a part of a text, the preferred one for each start. It goes back where a way did not lead on, but no way is tried
/// twice from the same character: time grows with the text, times the size of the pattern, whatever the text is.
/// </summary>
internal ref struct PatternSearch
{
    /// <summary>Ways that were tried are remembered for so many starts.</summary>
    private const int Block = 256;

    private static readonly CharacterSet WordCharacters = CharacterSet.Of(@"[\w\u200C\u200D]"); // as \b has it: with joiners

    private readonly PatternMatcher _pattern;
    private readonly ReadOnlySpan<char> _text;
    private readonly int _last;
    private readonly int _width;
    private readonly ulong[] _tried;
    private Way[] _ways;
    private int _start;
    private int _firstOfBlock;

    /// <param name="from">Where matches start at the earliest ...</param>
    /// <param name="last">... and at the latest.</param>
    public PatternSearch(PatternMatcher pattern, ReadOnlySpan<char> text, int from, int last)
    {
        _pattern = pattern;
        _text = text;
        _start = _firstOfBlock = from;
        _last = Math.Min(last, text.Length - 1);
        _width = Math.Min(Block, _last - from + 1) + pattern.Longest + 1;
        _tried = ArrayPool<ulong>.Shared.Rent(TriedLength);
        _ways = ArrayPool<Way>.Shared.Rent(16);
        Forget();
    }

    /// <summary>Offset and length of the value of the current match.</summary>
    public (int Start, int Length) Value { get; private set; }

    private readonly int TriedLength => ((_pattern.Forks * _width) + 63) / 64;

    public bool MoveNext()
    {
        while (_start <= _last)
        {
            var start = _start++;
            if (start > 0 && _text[start - 1] != '\n' && !_pattern.MayStartWith(_text[start]))
            {
                continue;
            }

            if (start - _firstOfBlock >= Block)
            {
                _firstOfBlock = start;
                Forget();
            }

            if (Follow(start))
            {
                Forget(); // what led to this match leads to others
                return true;
            }
        }

        return false;
    }

    public readonly void Dispose()
    {
        ArrayPool<ulong>.Shared.Return(_tried);
        ArrayPool<Way>.Shared.Return(_ways);
    }

    private readonly void Forget() => _tried.AsSpan(0, TriedLength).Clear();

    private bool Follow(int start)
    {
        var places = _pattern.Places;
        var way = new Way(_pattern.Start, start, -1, -1);
        for (var open = 0; ;)
        {
            ref readonly var at = ref places[way.Place];
            var leadsOn = true;
            switch (at.Kind)
            {
                case PatternNet.PlaceKind.One:
                    leadsOn = way.Position < _text.Length && at.Set!.Contains(_text[way.Position]);
                    way.Position++;
                    break;
                case PatternNet.PlaceKind.Edge:
                    leadsOn = IsAt(at.Edge, way.Position);
                    break;
                case PatternNet.PlaceKind.ValueStart:
                    way.ValueStart = way.Position;
                    break;
                case PatternNet.PlaceKind.ValueEnd:
                    way.ValueEnd = way.Position;
                    break;
                case PatternNet.PlaceKind.Fork:
                    leadsOn = IsNew(way.Place, way.Position);
                    if (leadsOn)
                    {
                        Keep(way with { Place = at.Other }, open++);
                    }

                    break;
                default:
                    Value = way.ValueEnd < 0 ? (start, way.Position - start) : (way.ValueStart, way.ValueEnd - way.ValueStart);
                    return true;
            }

            if (leadsOn)
            {
                way.Place = at.Next;
            }
            else if (open == 0)
            {
                return false;
            }
            else
            {
                way = _ways[--open];
            }
        }
    }

    private readonly bool IsNew(int place, int position)
    {
        var bit = (_pattern.ForkOf(place) * _width) + position - _firstOfBlock;
        ref var bits = ref _tried[bit / 64];
        var mask = 1UL << (bit % 64);
        var isNew = (bits & mask) == 0;
        bits |= mask;
        return isNew;
    }

    private void Keep(Way way, int index)
    {
        if (index == _ways.Length)
        {
            var larger = ArrayPool<Way>.Shared.Rent(2 * index);
            _ways.CopyTo(larger, 0);
            ArrayPool<Way>.Shared.Return(_ways);
            _ways = larger;
        }

        _ways[index] = way;
    }

    private readonly bool IsAt(PatternEdge edge, int position) => edge switch
    {
        PatternEdge.TextStart => position == 0,
        PatternEdge.LineStart => position == 0 || _text[position - 1] == '\n',
        PatternEdge.TextEnd => position == _text.Length || (position == _text.Length - 1 && _text[position] == '\n'),
        PatternEdge.VeryEnd => position == _text.Length,
        PatternEdge.LineEnd => position == _text.Length || _text[position] == '\n',
        PatternEdge.WordEdge => IsWord(position - 1) != IsWord(position),
        _ => IsWord(position - 1) == IsWord(position),
    };

    private readonly bool IsWord(int position) => position >= 0 && position < _text.Length && WordCharacters.Contains(_text[position]);

    /// <summary>A way through the pattern and the text, and what was found on it.</summary>
    private record struct Way(int Place, int Position, int ValueStart, int ValueEnd);
}
