namespace GuardedZephyr.Policies;

/// <summary>Sets of recognizers as bits, by rank.</summary>
internal static class RankMasks
{
    /// <summary>How many elements a set of so many recognizers has.</summary>
    public static int Length(int recognizers) => (recognizers + 63) / 64;

    /// <summary>The recognizers of each text, in any case.</summary>
    public static Dictionary<string, ulong[]> Of(IEnumerable<(string Text, int Rank)> entries, int recognizers)
    {
        var masks = new Dictionary<string, ulong[]>(StringComparer.OrdinalIgnoreCase);
        foreach (var (text, rank) in entries)
        {
            if (!masks.TryGetValue(text, out var mask))
            {
                masks[text] = mask = new ulong[Length(recognizers)];
            }

            mask[rank / 64] |= 1UL << (rank % 64);
        }

        return masks;
    }

    public static void Add(ulong[] mask, Span<ulong> set)
    {
        for (var i = 0; i < mask.Length && i < set.Length; i++)
        {
            set[i] |= mask[i];
        }
    }

    public static bool Has(ReadOnlySpan<ulong> set, int rank) => (set[rank / 64] >> (rank % 64) & 1) != 0;
}
