using Spectre.Console;
using static TorchSharp.torch;

namespace GuardedZephyr.Training.Harm;

/// <summary>Fits a <see cref="BagNetwork"/> with Adam, a learning rate that falls as a cosine, and masked binary cross-entropy.</summary>
internal sealed class HarmTrainer(HarmDataset data, IReadOnlyList<string> labels, FeatureTable training, FeatureTable development, int seed)
{
    private const int BatchSize = 1024;
    private const double LearningRate = 1e-2;

    public void Fit(BagNetwork network, int epochs, IAnsiConsole console)
    {
        var random = new Random(seed);
        int[] harmless = [.. data.Training.Index().Where(item => item.Item.Harmless).Select(item => item.Index)];
        var batches = new BatchBuilder(training, data.Training, harmless);
        var optimizer = optim.Adam(network.parameters(), lr: LearningRate);
        int[] order = [.. Enumerable.Range(0, data.Training.Count)];
        var steps = epochs * (order.Length / BatchSize);
        var step = 0;
        console.Progress().AutoClear(true).Start(progress =>
        {
            var bar = progress.AddTask("training", maxValue: steps);
            for (var epoch = 1; epoch <= epochs; epoch++)
            {
                network.train();
                random.Shuffle(order);
                var loss = double.NaN;
                for (var start = 0; start + BatchSize <= order.Length; start += BatchSize)
                {
                    foreach (var group in optimizer.ParamGroups)
                    {
                        group.LearningRate = LearningRate * 0.5 * (1 + Math.Cos(Math.PI * step / steps));
                    }

                    loss = Smooth(loss, Step(network, optimizer, batches, order.AsSpan(start, BatchSize), random));
                    step++;
                    bar.Description = $"epoch {epoch}/{epochs}, loss {loss:0.0000}";
                    bar.Increment(1);
                }

                var scores = Logits(network, development, data.Development);
                var aucs = labels.Select((label, i) => $"{label} {Curve.Auc(scores, data.Development, i):0.000}");
                console.MarkupLineInterpolated($"epoch {epoch}: loss {loss:0.0000}; development AUC {string.Join(", ", aucs)}");
            }
        });
    }

    /// <summary>Logits [row][label], without noise.</summary>
    public static float[][] Logits(BagNetwork network, FeatureTable table, IReadOnlyList<Example> examples)
    {
        network.eval();
        using var _ = no_grad();
        var batches = new BatchBuilder(table, examples, []);
        var logits = new float[table.Rows][];
        for (var start = 0; start < table.Rows; start += BatchSize)
        {
            using var scope = NewDisposeScope();
            int[] batch = [.. Enumerable.Range(start, Math.Min(BatchSize, table.Rows - start))];
            var (buckets, offsets, rows) = batches.Features(batch, noise: null);
            var output = network.Forward(buckets, offsets, rows);
            var width = (int)output.shape[1];
            foreach (var (i, values) in output.data<float>().ToArray().Chunk(width).Index())
            {
                logits[start + i] = values;
            }
        }

        return logits;
    }

    private static double Step(BagNetwork network, optim.Optimizer optimizer, BatchBuilder batches, ReadOnlySpan<int> batch, Random random)
    {
        using var scope = NewDisposeScope();
        var (buckets, offsets, rows) = batches.Features(batch, random);
        var (targets, weights) = batches.Labels(batch);
        optimizer.zero_grad();
        var loss = nn.functional.binary_cross_entropy_with_logits(network.Forward(buckets, offsets, rows), targets, weight: weights, reduction: nn.Reduction.Sum) / weights.sum();
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    }

    private static double Smooth(double average, double value) => double.IsNaN(average) ? value : (0.98 * average) + (0.02 * value);
}
