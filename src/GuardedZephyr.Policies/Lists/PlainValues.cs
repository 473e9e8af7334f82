using System.Buffers;
using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>Values that a policy writes down, searched for in one pass. Thread-safe.</summary>
internal sealed class PlainValues
{
    private readonly FrozenDictionary<char, (string Value, string Entity)[]> _byFirst;
    private readonly SearchValues<string> _openings;

    /// <param name="values">Normalised values with their entities, at least one.</param>
    public PlainValues(IReadOnlyCollection<(string Value, string Entity)> values)
    {
        _byFirst = values.GroupBy(value => value.Value[0]).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        _openings = SearchValues.Create([.. values.Select(value => value.Value.Split(' ')[0])], StringComparison.OrdinalIgnoreCase);
        LongestMatch = values.Max(value => value.Value.Length + ((ListText.MaxSpace - 1) * value.Value.Count(character => character == ' ')));
        Entities = [.. values.Select(value => value.Entity)];
    }

    /// <summary>In characters of the surface.</summary>
    public int LongestMatch { get; }

    public IReadOnlyList<string> Entities { get; }

    public void Collect(string surface, List<ListMatch> matches, CancellationToken cancellationToken)
    {
        for (var start = Next(surface, 0); start >= 0; start = Next(surface, start + 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!ListText.IsBoundary(surface, start - 1) || !_byFirst.TryGetValue(ListText.Fold(surface[start]), out var values))
            {
                continue;
            }

            foreach (var (value, entity) in values)
            {
                if (EndOf(value, surface, start) is { } end && ListText.IsBoundary(surface, end))
                {
                    matches.Add(new ListMatch(start, end - start, entity));
                }
            }
        }
    }

    private int Next(string surface, int from)
    {
        var offset = surface.AsSpan(from).IndexOfAny(_openings);
        return offset < 0 ? offset : from + offset;
    }

    /// <returns>Offset behind the value when it stands at <paramref name="start"/>.</returns>
    private static int? EndOf(string value, string surface, int start)
    {
        var position = start;
        foreach (var character in value)
        {
            var spaces = 0;
            while (character == ' ' && spaces < ListText.MaxSpace && position + spaces < surface.Length && char.IsWhiteSpace(surface[position + spaces]))
            {
                spaces++;
            }

            if (spaces == 0 && (position == surface.Length || ListText.Fold(surface[position]) != character))
            {
                return null;
            }

            position += Math.Max(1, spaces);
        }

        return position;
    }
}
