using GuardedZephyr.Classification;

namespace GuardedZephyr.Training.Harm;

/// <summary>Hashed words and their hashed n-grams, by the code that the run time uses.</summary>
internal sealed class WordEncoder(FeatureSettings settings) : IHarmEncoder
{
    private const double DroppedWords = 0.15;
    private const double DroppedNgrams = 0.1;

    private readonly FeatureExtractor _extractor = new(settings);

    public HarmInput Encode(IReadOnlyList<string> texts, int longest, Random? noise = null)
    {
        var rows = new TextFeatures[texts.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            _extractor.Extract(texts[i], rows[i] = new TextFeatures());
        }

        var length = Math.Max(1, Math.Min(longest, rows.Max(row => row.Count)));
        var input = new InputBuilder(rows.Length, length);
        foreach (var row in rows)
        {
            for (var word = 0; word < Math.Min(length, row.Count); word++)
            {
                input.Place();
                if (!(noise?.NextDouble() < DroppedWords))
                {
                    input.Add(row.Words[word], 1);
                }

                var (start, end) = (row.NgramStart(word), row.NgramEnds[word]);
                for (var n = start; n < end; n++)
                {
                    if (!(noise?.NextDouble() < DroppedNgrams))
                    {
                        input.Add(row.Ngrams[n], 1f / (end - start));
                    }
                }
            }

            input.EndRow(row.Count == 0);
        }

        return input.Build();
    }
}
