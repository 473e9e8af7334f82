namespace GuardedZephyr.Training;

/// <summary>
/// Learns a byte-pair encoding (Sennrich et al. 2016): the most frequent pair of neighbours becomes a piece, again and again. Counts are kept up to date rather than taken
/// anew for each merge.
/// </summary>
internal static class PairLearner
{
    /// <param name="words">Each word in its smallest pieces, which are merged in place, and how often it occurs.</param>
    /// <param name="merges">At most; fewer when no pairs are left.</param>
    /// <returns>In the order learned. Ties go to the pair that sorts first, so that the same words always give the same merges.</returns>
    public static IReadOnlyList<(string Left, string Right)> Learn(IReadOnlyList<(List<string> Pieces, int Count)> words, int merges, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<(string Left, string Right), int>();
        var places = new Dictionary<(string Left, string Right), HashSet<int>>();
        for (var i = 0; i < words.Count; i++)
        {
            Add(i, 1);
        }

        var learnt = new List<(string Left, string Right)>();
        while (learnt.Count < merges && MostFrequent() is { } pair)
        {
            cancellationToken.ThrowIfCancellationRequested();
            learnt.Add(pair);
            foreach (var i in places[pair].ToArray())
            {
                Add(i, -1);
                Merge(words[i].Pieces, pair);
                Add(i, 1);
            }

            places.Remove(pair);
        }

        return learnt;

        void Add(int word, int sign)
        {
            var (pieces, times) = words[word];
            for (var i = 1; i < pieces.Count; i++)
            {
                var pair = (pieces[i - 1], pieces[i]);
                var count = counts.GetValueOrDefault(pair) + (sign * times);
                if (count > 0)
                {
                    counts[pair] = count;
                }
                else
                {
                    counts.Remove(pair);
                }

                if (sign > 0)
                {
                    (places.TryGetValue(pair, out var at) ? at : places[pair] = []).Add(word);
                }
            }
        }

        (string Left, string Right)? MostFrequent()
        {
            (string Left, string Right)? best = null;
            var most = 0;
            foreach (var (pair, count) in counts)
            {
                if (count > most || (count == most && Before(pair, best!.Value)))
                {
                    (best, most) = (pair, count);
                }
            }

            return best;
        }
    }

    private static bool Before((string Left, string Right) one, (string Left, string Right) other)
    {
        var byLeft = string.CompareOrdinal(one.Left, other.Left);
        return byLeft < 0 || (byLeft == 0 && string.CompareOrdinal(one.Right, other.Right) < 0);
    }

    private static void Merge(List<string> pieces, (string Left, string Right) pair)
    {
        for (var i = 1; i < pieces.Count; i++)
        {
            if (pieces[i - 1] == pair.Left && pieces[i] == pair.Right)
            {
                pieces[i - 1] += pieces[i];
                pieces.RemoveAt(i);
            }
        }
    }
}
