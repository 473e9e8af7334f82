namespace GuardedZephyr.Training.Harm;

/// <summary>Learns byte-pair merges over characters of counted words; counts are kept up to date rather than taken anew for each merge.</summary>
internal static class PairLearner
{
    /// <summary>Marks a word's end, so that a piece knows whether it ends one.</summary>
    public const char WordEnd = '\u2581';

    public static IReadOnlyList<(string Left, string Right)> Learn(IEnumerable<KeyValuePair<string, int>> counted, int merges)
    {
        var words = counted.OrderBy(word => word.Key, StringComparer.Ordinal).Select(word => (Pieces: word.Key.Select(c => c.ToString()).ToList(), word.Value)).ToArray();
        var counts = new Dictionary<(string, string), int>();
        var places = new Dictionary<(string, string), HashSet<int>>();
        for (var i = 0; i < words.Length; i++)
        {
            Add(i, 1);
        }

        var learnt = new List<(string, string)>();
        while (learnt.Count < merges && counts.Count > 0)
        {
            var (best, count) = counts.MaxBy(pair => (pair.Value, pair.Key.Item1, pair.Key.Item2));
            if (count < 2)
            {
                break;
            }

            learnt.Add(best);
            foreach (var i in places[best].ToArray())
            {
                Add(i, -1);
                Merge(words[i].Pieces, best);
                Add(i, 1);
            }

            counts.Remove(best);
            places.Remove(best);
        }

        return learnt;

        void Add(int word, int sign)
        {
            var (pieces, times) = words[word];
            for (var i = 1; i < pieces.Count; i++)
            {
                var pair = (pieces[i - 1], pieces[i]);
                counts[pair] = counts.GetValueOrDefault(pair) + (sign * times);
                if (!places.TryGetValue(pair, out var at))
                {
                    places[pair] = at = [];
                }

                at.Add(word);
            }
        }
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
