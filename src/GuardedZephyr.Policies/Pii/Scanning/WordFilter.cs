namespace GuardedZephyr.Policies;

/// <summary>Says of most words that are not in a set, and of none that is, that they are not: by length and three characters, much faster than a look-up (B. H. Bloom, 1970, with one hash).</summary>
internal sealed class WordFilter
{
    private const int Bits = 1 << 15;

    private readonly ulong[] _bits = new ulong[Bits / 64];

    public WordFilter(IEnumerable<string> words)
    {
        foreach (var word in words.Where(word => Hash(word) >= 0))
        {
            var hash = Hash(word);
            _bits[hash / 64] |= 1UL << (hash % 64);
        }
    }

    /// <param name="word">Not empty.</param>
    public bool MayHold(ReadOnlySpan<char> word)
    {
        var hash = Hash(word);
        return hash < 0 || (_bits[hash / 64] >> (hash % 64) & 1) != 0;
    }

    /// <summary>The same for a word in any case; negative where case is not a matter of one bit.</summary>
    private static int Hash(ReadOnlySpan<char> word)
    {
        var (first, middle, last) = (word[0] | 0x20, word[word.Length / 2] | 0x20, word[^1] | 0x20);
        return (first | middle | last) >= 0x80 ? -1 : ((first * 961) + (middle * 31) + last + (word.Length * 7919)) & (Bits - 1);
    }
}
