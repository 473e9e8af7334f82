using GuardedZephyr.Classification;

namespace GuardedZephyr.Training.Harm;

/// <summary>The buckets of many texts, extracted once: row <c>i</c> lies from <c>Offsets[i]</c> to <c>Offsets[i + 1]</c>.</summary>
internal sealed class FeatureTable
{
    private FeatureTable(int[] buckets, int[] offsets) => (Buckets, Offsets) = (buckets, offsets);

    public int[] Buckets { get; }

    public int[] Offsets { get; }

    public int Rows => Offsets.Length - 1;

    public static FeatureTable Extract(IReadOnlyList<Example> examples, FeatureExtractor extractor)
    {
        var rows = new int[examples.Count][];
        Parallel.For(0, rows.Length, i =>
        {
            var text = examples[i].Text;
            var buffer = new int[extractor.MostFeatures(text.Length)];
            rows[i] = buffer[..extractor.Extract(text, buffer)];
        });

        var offsets = new int[rows.Length + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            offsets[i + 1] = offsets[i] + rows[i].Length;
        }

        var buckets = new int[offsets[^1]];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i].CopyTo(buckets, offsets[i]);
        }

        return new FeatureTable(buckets, offsets);
    }

    public ReadOnlySpan<int> Row(int row) => Buckets.AsSpan(Offsets[row], Offsets[row + 1] - Offsets[row]);
}
