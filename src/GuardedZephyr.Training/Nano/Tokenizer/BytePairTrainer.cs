using System.Text;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Training.Nano.Tokenizer;

/// <summary>Learns a byte-level BPE vocabulary.</summary>
internal static class BytePairTrainer
{
    /// <returns>Merges in the order learned, as pairs of tokens in <see cref="ByteAlphabet"/> spelling.</returns>
    public static IReadOnlyList<(string Left, string Right)> Learn(IEnumerable<string> texts, int count, CancellationToken cancellationToken) => PairLearner.Learn(
        [.. texts.SelectMany(text => BytePairTokenizer.Words(text)).CountBy(word => word).Select(word => (Spell(word.Key), word.Value))], count, cancellationToken);

    private static List<string> Spell(string word) => [.. Encoding.UTF8.GetBytes(word).Select(value => ByteAlphabet.Encode([value]))];
}
