using System.Text;

namespace GuardedZephyr.Bench;

/// <summary>Messages of 200 characters: such as hold nothing, and the same with made-up personal data in them.</summary>
internal sealed record Messages(IReadOnlyList<string> Clean, IReadOnlyList<string> Dirty)
{
    public const int Length = 200;

    private static readonly string[] Sets = ["clinc150", "banking77", "alpaca_harmless_instructions"];

    /// <param name="count">Of either sort.</param>
    public static Messages Make(DataFolder data, PiiScanner scanner, int count, int seed)
    {
        var clean = Joined(Sets.SelectMany(data.Read).Select(row => row.Text), seed).Where(message => scanner.Find(message).Count == 0).Take(count).ToArray();
        var values = new MadeUpValues(new Random(seed));
        return new Messages(clean, [.. clean.Select(message => WithValues(message, values))]);
    }

    /// <summary>Utterances in an order of chance, joined with spaces and cut to length.</summary>
    private static IEnumerable<string> Joined(IEnumerable<string> utterances, int seed)
    {
        string[] all = [.. utterances.Select(text => text.ReplaceLineEndings(" "))];
        new Random(seed).Shuffle(all);
        var message = new StringBuilder();
        foreach (var utterance in all)
        {
            message.Append(message.Length == 0 ? "" : " ").Append(utterance);
            if (message.Length >= Length)
            {
                yield return Cut(message.ToString(), Length);
                message.Clear();
            }
        }
    }

    /// <summary>One to three sentences with a value each, between words of the message.</summary>
    private static string WithValues(string clean, MadeUpValues values)
    {
        string[] sentences = [.. Enumerable.Range(0, values.Count()).Select(_ => values.Sentence())];
        var words = Cut(clean, Length - sentences.Sum(sentence => sentence.Length + 1)).Split(' ').ToList();
        for (var i = 0; i < sentences.Length; i++)
        {
            words.Insert(words.Count * (i + 1) / (sentences.Length + 1), sentences[i]);
        }

        return string.Join(' ', words);
    }

    private static string Cut(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
