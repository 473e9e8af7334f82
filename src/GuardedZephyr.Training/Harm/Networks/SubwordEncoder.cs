using System.Collections.Concurrent;
using GuardedZephyr.Classification;

namespace GuardedZephyr.Training.Harm;

/// <summary>Pieces of words by a byte-pair encoding (Sennrich et al. 2016) learnt on the training texts; the same folding of words as <see cref="WordEncoder"/>.</summary>
internal sealed class SubwordEncoder : IHarmEncoder
{
    /// <summary>Marks a word's end, so that a piece knows whether it ends one.</summary>
    private const char WordEnd = '\u2581';

    private const double DroppedPieces = 0.05;

    private readonly Dictionary<string, int> _pieces = [];
    private readonly Dictionary<(string Left, string Right), int> _merges;
    private readonly ConcurrentDictionary<string, int[]> _known = [];

    public SubwordEncoder(IReadOnlyList<(string Left, string Right)> merges)
    {
        _merges = merges.Index().ToDictionary(item => item.Item, item => item.Index);
        foreach (var (left, right) in merges)
        {
            _pieces.TryAdd(left, _pieces.Count);
            _pieces.TryAdd(right, _pieces.Count);
            _pieces.TryAdd(left + right, _pieces.Count);
        }
    }

    /// <summary>Pieces, then one id for what is no piece, then the padding.</summary>
    public int Vocabulary => _pieces.Count + 1;

    public static SubwordEncoder Learn(IEnumerable<string> texts, int merges)
    {
        var words = texts.SelectMany(Words).CountBy(word => word).Where(word => word.Value > 1).Select(word => (word.Key.Select(c => c.ToString()).ToList(), word.Value));
        return new SubwordEncoder(PairLearner.Learn([.. words], merges, CancellationToken.None));
    }

    public HarmInput Encode(IReadOnlyList<string> texts, int longest, Random? noise = null)
    {
        var rows = texts.Select(text => Words(text).SelectMany(word => _known.GetOrAdd(word, Pieces)).Take(longest).ToArray()).ToArray();
        var length = Math.Max(1, rows.Max(row => row.Length));
        var input = new InputBuilder(rows.Length, length);
        foreach (var row in rows)
        {
            foreach (var piece in row)
            {
                input.Place();
                if (!(noise?.NextDouble() < DroppedPieces))
                {
                    input.Add(piece, 1);
                }
            }

            input.EndRow(row.Length == 0);
        }

        return input.Build();
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var reader = new WordReader(text, stackalloc char[WordReader.LongestWord]);
        while (reader.Read())
        {
            words.Add(reader.Word.ToString() + WordEnd);
        }

        return words;
    }

    private int[] Pieces(string word)
    {
        List<string> pieces = [.. word.Select(c => c.ToString())];
        while (true)
        {
            var (best, place) = (int.MaxValue, -1);
            for (var i = 1; i < pieces.Count; i++)
            {
                if (_merges.TryGetValue((pieces[i - 1], pieces[i]), out var rank) && rank < best)
                {
                    (best, place) = (rank, i);
                }
            }

            if (place < 0)
            {
                return [.. pieces.Select(piece => _pieces.GetValueOrDefault(piece, _pieces.Count))];
            }

            pieces[place - 1] += pieces[place];
            pieces.RemoveAt(place);
        }
    }
}
