using System.Text;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>
/// Byte-pair encoding of single words: of all neighbours, the pair with the best rank is merged first, the leftmost of equals, until none
/// is left (Sennrich et al. 2016). A linked list and a queue make that n log n in a word's length. Not thread-safe; one for each text.
/// </summary>
internal sealed class PairMerger(MergeTable table)
{
    private const int None = -1;

    // The word's symbols as a list: their ids (None where merged away) and their neighbours.
    private int[] _ids = new int[64];
    private int[] _next = new int[64];
    private int[] _previous = new int[64];
    private byte[] _bytes = new byte[192];

    /// <summary>Places by rank, then by position. An entry that no longer holds is dropped when its turn comes.</summary>
    private readonly PriorityQueue<int, long> _queue = new();

    /// <param name="word">Lone surrogates are encoded as U+FFFD.</param>
    public void Encode(ReadOnlySpan<char> word, List<int> into)
    {
        if (_bytes.Length < 3 * word.Length)
        {
            _bytes = new byte[3 * word.Length];
        }

        var bytes = _bytes.AsSpan(0, Encoding.UTF8.GetBytes(word, _bytes));
        if (table.TryGetWhole(bytes, out var whole))
        {
            into.Add(whole);
            return;
        }

        Fill(bytes);
        Merge();
        for (var at = bytes.Length > 0 ? 0 : None; at != None; at = _next[at])
        {
            into.Add(_ids[at]);
        }
    }

    private void Fill(ReadOnlySpan<byte> bytes)
    {
        if (_ids.Length < bytes.Length)
        {
            (_ids, _next, _previous) = (new int[bytes.Length], new int[bytes.Length], new int[bytes.Length]);
        }

        for (var at = 0; at < bytes.Length; at++)
        {
            _ids[at] = table.IdOf(bytes[at]);
            _next[at] = at + 1 < bytes.Length ? at + 1 : None;
            _previous[at] = at - 1;
        }

        for (var at = 0; at + 1 < bytes.Length; at++)
        {
            Offer(at);
        }
    }

    private void Merge()
    {
        while (_queue.TryDequeue(out var at, out var priority))
        {
            if (_ids[at] == None || _next[at] == None || !table.TryMerge(_ids[at], _ids[_next[at]], out var rank, out var merged) || Priority(rank, at) != priority)
            {
                continue;
            }

            var gone = _next[at];
            _ids[at] = merged;
            _ids[gone] = None;
            _next[at] = _next[gone];
            if (_next[at] != None)
            {
                _previous[_next[at]] = at;
                Offer(at);
            }

            if (_previous[at] != None)
            {
                Offer(_previous[at]);
            }
        }
    }

    private void Offer(int at)
    {
        if (table.TryMerge(_ids[at], _ids[_next[at]], out var rank, out _))
        {
            _queue.Enqueue(at, Priority(rank, at));
        }
    }

    private static long Priority(int rank, int at) => ((long)rank << 32) | (uint)at;
}
