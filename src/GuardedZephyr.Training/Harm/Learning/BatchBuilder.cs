using static TorchSharp.torch;

namespace GuardedZephyr.Training.Harm;

/// <summary>Puts rows of a table together to a batch, for training with noise: dropped features, and harmless text before or behind.</summary>
internal sealed class BatchBuilder(FeatureTable table, IReadOnlyList<Example> examples, int[] harmless)
{
    /// <summary>Share of a row's features that training leaves out.</summary>
    private const double DroppedFeatures = 0.25;

    /// <summary>Share of rows that get a harmless row beside them: harm in a corner of a text is still harm.</summary>
    private const double Mixed = 0.25;

    private readonly List<long> _buckets = [];
    private readonly List<long> _rows = [];

    /// <summary>The three inputs of <see cref="BagNetwork.Forward"/>.</summary>
    /// <param name="noise">Null: the rows as they are.</param>
    public (Tensor Buckets, Tensor Offsets, Tensor Rows) Features(ReadOnlySpan<int> batch, Random? noise)
    {
        _buckets.Clear();
        _rows.Clear();
        var offsets = new long[batch.Length];
        for (var i = 0; i < batch.Length; i++)
        {
            offsets[i] = _buckets.Count;
            Add(batch[i], i, noise);
            if (noise is not null && noise.NextDouble() < Mixed)
            {
                Add(harmless[noise.Next(harmless.Length)], i, noise);
            }
        }

        return (tensor(_buckets.ToArray()), tensor(offsets), tensor(_rows.ToArray()));
    }

    /// <summary>Targets and loss weights, each [rows, labels]; a label that the source is silent on has weight 0.</summary>
    public (Tensor Targets, Tensor Weights) Labels(ReadOnlySpan<int> batch)
    {
        var labels = examples[0].Labels.Length;
        var targets = new float[batch.Length * labels];
        var weights = new float[batch.Length * labels];
        for (var i = 0; i < batch.Length; i++)
        {
            var example = examples[batch[i]];
            for (var label = 0; label < labels; label++)
            {
                var value = example.Labels[label];
                targets[(i * labels) + label] = value == 1 ? 1 : 0;
                weights[(i * labels) + label] = value == Example.Silent ? 0 : example.Weight;
            }
        }

        return (tensor(targets).reshape(batch.Length, labels), tensor(weights).reshape(batch.Length, labels));
    }

    private void Add(int row, int place, Random? noise)
    {
        foreach (var bucket in table.Row(row))
        {
            if (noise is null || noise.NextDouble() >= DroppedFeatures)
            {
                _buckets.Add(bucket);
                _rows.Add(place);
            }
        }
    }
}
