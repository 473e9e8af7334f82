using System.Buffers;

namespace GuardedZephyr.Policies;

/// <summary>The literals of all recognizers together, so that one pass over a text tells which recognizers have one in it. Immutable and thread-safe.</summary>
/// <remarks>
/// By the first three or four characters of ASCII literals: with hundreds of them, some as frequent as a greeting, that is several times as
/// fast as one <see cref="SearchValues{T}"/> of all. The few others are looked for one by one.
/// </remarks>
internal sealed class LiteralIndex
{
    private const int Bits = 1 << 15;

    private readonly ulong[] _threes = new ulong[Bits / 64];
    private readonly ulong[] _fours = new ulong[Bits / 64];
    private readonly Dictionary<int, Entry[]> _byThree;
    private readonly Dictionary<int, Entry[]> _byFour;
    private readonly (SearchValues<string> Literal, ulong[] Recognizers)[] _short;
    private readonly (SearchValues<string> Literal, ulong[] Recognizers)[] _beyondAscii;

    /// <param name="literals">By rank of the recognizer; null for one that needs none.</param>
    public LiteralIndex(IReadOnlyList<IReadOnlyList<string>?> literals)
    {
        var entries = RankMasks.Of(literals.SelectMany((list, rank) => (list ?? []).Select(literal => (literal, rank))), literals.Count)
            .Select(entry => new Entry(entry.Key, entry.Value))
            .ToLookup(entry => entry.Literal.All(char.IsAscii) ? Math.Min(4, entry.Literal.Length) : 0);
        _beyondAscii = [.. entries[0].Select(Searched)];
        _short = [.. entries[1].Concat(entries[2]).Select(Searched)];
        _byThree = ByStart(entries[3], entry => Three(entry.Literal), _threes);
        _byFour = ByStart(entries[4], entry => Four(entry.Literal), _fours);
    }

    /// <summary>Sets the bit of every recognizer that has a literal in the text.</summary>
    public void Mark(ReadOnlySpan<char> text, Span<ulong> recognizers)
    {
        if (_byThree.Count + _byFour.Count > 0)
        {
            for (var rest = text; rest.Length > 2; rest = rest[1..])
            {
                var three = Three(rest);
                if (Has(_threes, three))
                {
                    Mark(rest, _byThree[three], recognizers);
                }

                if (rest.Length > 3 && Has(_fours, Four(rest)))
                {
                    Mark(rest, _byFour[Four(rest)], recognizers);
                }
            }
        }

        Mark(text, _short, recognizers);
        if (_beyondAscii.Length > 0 && text.ContainsAnyExceptInRange('\0', '\x7F'))
        {
            Mark(text, _beyondAscii, recognizers);
        }
    }

    private static void Mark(ReadOnlySpan<char> text, (SearchValues<string> Literal, ulong[] Recognizers)[] literals, Span<ulong> recognizers)
    {
        foreach (var (literal, mask) in literals)
        {
            if (text.ContainsAny(literal))
            {
                RankMasks.Add(mask, recognizers);
            }
        }
    }

    private static void Mark(ReadOnlySpan<char> text, Entry[] entries, Span<ulong> recognizers)
    {
        foreach (var (literal, mask) in entries)
        {
            if (text.StartsWith(literal, StringComparison.OrdinalIgnoreCase))
            {
                RankMasks.Add(mask, recognizers);
            }
        }
    }

    private static (SearchValues<string> Literal, ulong[] Recognizers) Searched(Entry entry) =>
        (SearchValues.Create([entry.Literal], StringComparison.OrdinalIgnoreCase), entry.Recognizers);

    private static Dictionary<int, Entry[]> ByStart(IEnumerable<Entry> entries, Func<Entry, int> start, ulong[] bits)
    {
        var byStart = entries.GroupBy(start).ToDictionary(group => group.Key, group => group.ToArray());
        foreach (var hash in byStart.Keys)
        {
            bits[hash / 64] |= 1UL << (hash % 64);
        }

        return byStart;
    }

    private static bool Has(ulong[] bits, int hash) => (bits[hash / 64] >> (hash % 64) & 1) != 0;

    /// <summary>The same for letters in any case, as <see cref="Four"/>.</summary>
    private static int Three(ReadOnlySpan<char> text) => (((text[0] | 0x20) * 961) + ((text[1] | 0x20) * 31) + (text[2] | 0x20)) & (Bits - 1);

    private static int Four(ReadOnlySpan<char> text) => (Three(text) + ((text[3] | 0x20) * 7919)) & (Bits - 1);

    private sealed record Entry(string Literal, ulong[] Recognizers);
}
