using System.Buffers;
using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>
/// Values that a policy writes down, searched for in one pass. Where the first word of one stands, the text is looked up once for each
/// length that values have, however many values there are. Thread-safe.
/// </summary>
internal sealed class PlainValues
{
    private readonly FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> _entities;
    private readonly int[] _lengths;
    private readonly SearchValues<string> _openings;

    /// <param name="values">Normalised values with their entities, at least one.</param>
    public PlainValues(IReadOnlyCollection<(string Value, string Entity)> values)
    {
        _entities = values
            .GroupBy(value => value.Value, value => value.Entity)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray())
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = [.. values.Select(value => value.Value.Length).Distinct().Order()];
        _openings = SearchValues.Create([.. values.Select(value => value.Value.Split(' ')[0])], StringComparison.OrdinalIgnoreCase);
        LongestMatch = values.Max(value => value.Value.Length + ((ListText.MaxSpace - 1) * value.Value.Count(character => character == ' ')));
        Entities = [.. values.Select(value => value.Entity)];
    }

    /// <summary>In characters of the surface.</summary>
    public int LongestMatch { get; }

    public IReadOnlyList<string> Entities { get; }

    public void Collect(string surface, List<ListMatch> matches, CancellationToken cancellationToken)
    {
        Span<char> buffer = stackalloc char[_lengths[^1]];
        Span<int> ends = stackalloc int[_lengths[^1]];
        for (var start = Next(surface, 0); start >= 0; start = Next(surface, start + 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!ListText.IsBoundary(surface, start - 1))
            {
                continue;
            }

            var text = Normalise(surface, start, buffer, ends);
            foreach (var length in _lengths.AsSpan())
            {
                if (length <= text.Length && ListText.IsBoundary(surface, ends[length - 1]) && _entities.TryGetValue(text[..length], out var entities))
                {
                    foreach (var entity in entities)
                    {
                        matches.Add(new ListMatch(start, ends[length - 1] - start, entity));
                    }
                }
            }
        }
    }

    private int Next(string surface, int from)
    {
        var offset = surface.AsSpan(from).IndexOfAny(_openings);
        return offset < 0 ? offset : from + offset;
    }

    /// <summary>The text from <paramref name="start"/> on as lists compare it, as far as a value can reach.</summary>
    /// <param name="ends">Of each character, the offset in the surface behind it.</param>
    private static ReadOnlySpan<char> Normalise(string surface, int start, Span<char> buffer, Span<int> ends)
    {
        var count = 0;
        for (var index = start; count < buffer.Length && index < surface.Length; count++)
        {
            var spaces = SpacesAt(surface, index);
            if (spaces > ListText.MaxSpace)
            {
                break;
            }

            buffer[count] = spaces == 0 ? ListText.Fold(surface[index]) : ' ';
            index += Math.Max(1, spaces);
            ends[count] = index;
        }

        return buffer[..count];
    }

    /// <returns>How long the run of white space is, counted no further than matters.</returns>
    private static int SpacesAt(string surface, int index)
    {
        var count = 0;
        while (count <= ListText.MaxSpace && index + count < surface.Length && char.IsWhiteSpace(surface[index + count]))
        {
            count++;
        }

        return count;
    }
}
