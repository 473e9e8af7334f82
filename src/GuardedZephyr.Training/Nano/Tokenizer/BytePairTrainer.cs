using System.Text;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Training.Nano.Tokenizer;

/// <summary>Learns a byte-level BPE vocabulary (Sennrich et al. 2016): the most frequent pair of neighbours becomes a token, again and again.</summary>
internal static class BytePairTrainer
{
    /// <returns>Merges in the order learned, as pairs of tokens in <see cref="ByteAlphabet"/> spelling.</returns>
    public static IReadOnlyList<(string Left, string Right)> Learn(IEnumerable<string> texts, int count, CancellationToken cancellationToken)
    {
        var words = CountWords(texts).Select(word => (Pieces: Spell(word.Key), word.Value)).ToList();
        var merges = new List<(string Left, string Right)>();
        while (merges.Count < count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (MostFrequentPair(words) is not { } pair)
            {
                break;
            }

            merges.Add(pair);
            foreach (var (pieces, _) in words)
            {
                Merge(pieces, pair);
            }
        }

        return merges;
    }

    private static Dictionary<string, int> CountWords(IEnumerable<string> texts)
    {
        var counts = new Dictionary<string, int>();
        foreach (var text in texts)
        {
            foreach (var word in BytePairTokenizer.Words(text))
            {
                counts[word] = counts.GetValueOrDefault(word) + 1;
            }
        }

        return counts;
    }

    private static List<string> Spell(string word) => [.. Encoding.UTF8.GetBytes(word).Select(value => ByteAlphabet.Encode([value]))];

    /// <summary>Ties go to the pair that sorts first, so that the same texts always give the same vocabulary.</summary>
    private static (string Left, string Right)? MostFrequentPair(List<(List<string> Pieces, int Count)> words)
    {
        var counts = new Dictionary<(string Left, string Right), int>();
        foreach (var (pieces, count) in words)
        {
            for (var i = 1; i < pieces.Count; i++)
            {
                var pair = (pieces[i - 1], pieces[i]);
                counts[pair] = counts.GetValueOrDefault(pair) + count;
            }
        }

        return counts.Count == 0
            ? null
            : counts.OrderByDescending(e => e.Value).ThenBy(e => e.Key.Left, StringComparer.Ordinal).ThenBy(e => e.Key.Right, StringComparer.Ordinal).First().Key;
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
