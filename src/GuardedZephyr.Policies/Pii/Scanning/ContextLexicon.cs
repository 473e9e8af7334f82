using System.Buffers;
using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>
/// The context words of all recognizers together, so that one pass over a text tells which recognizers can have context there at all.
/// Immutable and thread-safe.
/// </summary>
internal sealed class ContextLexicon
{
    private readonly FrozenDictionary<string, ulong[]> _byFirstWord;
    private readonly FrozenDictionary<string, ulong[]>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly (string Phrase, ulong[] Recognizers)[] _unspaced;
    private readonly SearchValues<string>? _anyUnspaced;

    /// <param name="contexts">By rank of the recognizer.</param>
    public ContextLexicon(IReadOnlyList<ContextWords> contexts)
    {
        Words = (contexts.Count + 63) / 64;
        var ranked = contexts.Select((context, rank) => (context, rank)).ToArray();
        _byFirstWord = Masks(ranked.SelectMany(entry => entry.context.FirstWords.Select(word => (word, entry.rank))))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _lookup = _byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>();
        _unspaced = [.. Masks(ranked.SelectMany(entry => entry.context.Unspaced.Select(phrase => (phrase, entry.rank)))).Select(entry => (entry.Key, entry.Value))];
        _anyUnspaced = _unspaced.Length == 0 ? null : SearchValues.Create([.. _unspaced.Select(entry => entry.Phrase)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>How many elements the bit set of all recognizers has.</summary>
    public int Words { get; }

    /// <summary>Sets the bit of every recognizer whose context may stand in the text.</summary>
    public void Mark(ReadOnlySpan<char> surface, Span<ulong> recognizers)
    {
        recognizers.Clear();
        for (var index = 0; index < surface.Length;)
        {
            var start = index;
            while (index < surface.Length && ContextWords.IsWord(surface[index]))
            {
                index++;
            }

            if (index > start && _lookup.TryGetValue(surface[start..index], out var mask))
            {
                Add(mask, recognizers);
            }

            index++;
        }

        if (_anyUnspaced is not null && surface.ContainsAnyExceptInRange('\0', '\u0DFF') && surface.ContainsAny(_anyUnspaced))
        {
            foreach (var (phrase, mask) in _unspaced)
            {
                if (surface.Contains(phrase, StringComparison.OrdinalIgnoreCase))
                {
                    Add(mask, recognizers);
                }
            }
        }
    }

    private static void Add(ulong[] mask, Span<ulong> recognizers)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            recognizers[i] |= mask[i];
        }
    }

    private Dictionary<string, ulong[]> Masks(IEnumerable<(string Text, int Rank)> entries)
    {
        var masks = new Dictionary<string, ulong[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var (text, rank) in entries)
        {
            if (!masks.TryGetValue(text, out var mask))
            {
                masks[text] = mask = new ulong[Words];
            }

            mask[rank / 64] |= 1UL << (rank % 64);
        }

        return masks;
    }
}
