namespace GuardedZephyr.Inference.Tokenization;

/// <summary>What a byte-level vocabulary merges, by ids. Thread-safe.</summary>
internal sealed class MergeTable
{
    private readonly int[] _bytes;
    private readonly Dictionary<long, (int Rank, int Merged)> _merges;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>? _whole;

    /// <param name="bytes">The id of each byte.</param>
    /// <param name="merges">Best first. Of two for the same pair the last counts.</param>
    /// <param name="whole">Tokens, in <see cref="ByteAlphabet"/> spelling, that a word is at once, whatever the merges say; or null.</param>
    public MergeTable(int[] bytes, IReadOnlyList<(int Left, int Right, int Merged)> merges, Dictionary<string, int>? whole)
    {
        _bytes = bytes;
        _merges = new Dictionary<long, (int Rank, int Merged)>(merges.Count);
        for (var rank = 0; rank < merges.Count; rank++)
        {
            _merges[Key(merges[rank].Left, merges[rank].Right)] = (rank, merges[rank].Merged);
        }

        _whole = whole?.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int IdOf(byte value) => _bytes[value];

    public bool TryMerge(int left, int right, out int rank, out int merged)
    {
        var found = _merges.TryGetValue(Key(left, right), out var merge);
        (rank, merged) = merge;
        return found;
    }

    public bool TryGetWhole(ReadOnlySpan<byte> word, out int id)
    {
        id = 0;
        return _whole is { } whole && whole.TryGetValue(ByteAlphabet.Encode(word), out id);
    }

    /// <summary>Multiplied, because a dictionary hashes a long as the exclusive or of its halves, which many pairs share.</summary>
    private static long Key(int left, int right) => unchecked((((long)left << 32) | (uint)right) * (long)0x9E3779B97F4A7C15UL);
}
