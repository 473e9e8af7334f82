using System.Diagnostics;
using Spectre.Console;
using static TorchSharp.torch;

namespace GuardedZephyr.Training.Harm;

/// <summary>
/// Fits a network with AdamW under a cosine schedule. The loss is binary cross-entropy over the labels that a row's source speaks of; a row that is only known to be
/// harmful in some way counts by the chance that any label applies, 1 - prod(1 - p).
/// </summary>
internal sealed class HarmTrainer(HarmDataset data, HarmSettings settings, IAnsiConsole console)
{
    private const int BatchSize = 256;
    private const int BatchesSortedTogether = 40;
    private const double LearningRate = 2e-3;
    /// <summary>The table's rows are touched rarely and move faster.</summary>
    private const double TableRate = 2;

    private const double WarmUpShare = 0.03;

    /// <summary>No source is always right, and a network that is never sure ranks what it does not know better.</summary>
    private const float Smoothing = 0.04f;

    /// <summary>Places of a row in training; of longer texts the beginning is taken.</summary>
    public const int LongestRow = 128;

    /// <summary>Goes on where a checkpoint of this network ends.</summary>
    /// <param name="report">Called after each epoch.</param>
    /// <returns>Minutes of training in this run.</returns>
    public double Fit(HarmNetwork network, Action<int> report)
    {
        using var optimizer = optim.AdamW(network.parameters(), LearningRate, weight_decay: 1e-3);
        var checkpoint = new Checkpoint(Path.Combine(settings.Checkpoints, network.GetName()));
        var epochs = settings.Epochs;
        var done = checkpoint.Load(network, optimizer)?.Step ?? 0;
        var clock = Stopwatch.StartNew();
        console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            var bar = progress.AddTask(network.GetName(), maxValue: epochs);
            for (var epoch = done; epoch < epochs; epoch++)
            {
                network.train();
                var loss = double.NaN;
                var batches = Batches(epoch);
                Task<HarmInput> next = Task.Run(() => Encode(network, batches[0], Seed(epoch, 1)));
                for (var i = 0; i < batches.Count; i++)
                {
                    var input = next.Result;
                    var following = i + 1;
                    if (following < batches.Count)
                    {
                        next = Task.Run(() => Encode(network, batches[following], Seed(epoch, following + 1)));
                    }

                    var share = (epoch + ((double)i / batches.Count)) / epochs;
                    var rate = LearningRate * Math.Min(share / WarmUpShare, 0.5 * (1.02 + (0.98 * Math.Cos(Math.PI * share))));
                    loss = Smooth(loss, Step(network, optimizer, input, batches[i], rate));
                    bar.Description = $"{network.GetName()}, epoch {epoch + 1} of {epochs}, loss {loss:0.0000}";
                    bar.Value = epoch + ((i + 1.0) / batches.Count);
                }

                console.MarkupLineInterpolated($"{network.GetName()}: epoch {epoch + 1}, {batches.Count} steps, loss {loss:0.0000}, {clock.Elapsed.TotalMinutes:0.0} min");
                checkpoint.Save(network, optimizer, new TrainingProgress(epoch + 1, epochs));
                report(epoch + 1);
            }
        });
        return clock.Elapsed.TotalMinutes;
    }

    /// <summary>Logits [row][label], without noise.</summary>
    public static float[][] Logits(HarmNetwork network, IReadOnlyList<Example> examples)
    {
        network.eval();
        using var _ = no_grad();
        var logits = new float[examples.Count][];
        foreach (var batch in Enumerable.Range(0, examples.Count).OrderBy(i => examples[i].Text.Length).Chunk(BatchSize))
        {
            using var scope = NewDisposeScope();
            var output = network.Logits(network.Encoder.Encode([.. batch.Select(i => examples[i].Text)], LongestRow));
            foreach (var (row, values) in output.data<float>().ToArray().Chunk((int)output.shape[1]).Index())
            {
                logits[batch[row]] = values;
            }
        }

        return logits;
    }

    /// <summary>The epoch's rows in batches of like length, in random order.</summary>
    private List<Example[]> Batches(int epoch)
    {
        var random = new Random(Seed(epoch, 0));
        Example[] rows = [.. data.Training, .. data.Generated(epoch)];
        random.Shuffle(rows);
        var batches = rows.Chunk(BatchSize * BatchesSortedTogether).SelectMany(chunk => chunk.OrderBy(row => row.Text.Length).Chunk(BatchSize)).Where(batch => batch.Length == BatchSize).ToArray();
        random.Shuffle(batches);
        return [.. batches];
    }

    private int Seed(int epoch, int batch) => unchecked((((settings.Seed * 1009) + epoch) * 1_000_003) + batch);

    private HarmInput Encode(HarmNetwork network, Example[] batch, int seed)
    {
        var random = new Random(seed);
        var texts = new string[batch.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = data.Augmenter.Change(batch[i].Text, random);
        }

        return network.Encoder.Encode(texts, LongestRow, random);
    }

    private static double Step(HarmNetwork network, TorchSharp.Modules.OptimizerHelper optimizer, HarmInput input, Example[] batch, double rate)
    {
        using var scope = NewDisposeScope();
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        optimizer.zero_grad();
        var loss = Loss(network.Logits(input), batch);
        loss.backward();
        nn.utils.clip_grad_norm_(network.parameters(), 1.0);
        optimizer.step();
        network.Table.Step(rate * TableRate);
        return loss.item<float>();
    }

    private static Tensor Loss(Tensor logits, Example[] batch)
    {
        var labels = batch[0].Labels.Length;
        var targets = new float[batch.Length * labels];
        var weights = new float[batch.Length * labels];
        var anyWeights = new float[batch.Length];
        for (var row = 0; row < batch.Length; row++)
        {
            var example = batch[row];
            anyWeights[row] = example.AnyHarm == 1 && !example.Labels.Contains((sbyte)1) ? example.Weight : 0;
            for (var label = 0; label < labels; label++)
            {
                targets[(row * labels) + label] = example.Labels[label] == 1 ? 1 - Smoothing : Smoothing / 4;
                weights[(row * labels) + label] = example.Labels[label] == Example.Silent ? 0 : example.Weight;
            }
        }

        var known = nn.functional.binary_cross_entropy_with_logits(logits, tensor(targets).reshape(logits.shape), weight: tensor(weights).reshape(logits.shape), reduction: nn.Reduction.Sum);
        var none = nn.functional.softplus(logits).sum(1).clamp_min(1e-4);
        var any = none.neg().expm1().neg().log().neg().mul(tensor(anyWeights)).sum();
        return (known + any) / batch.Length;
    }

    private static double Smooth(double average, double value) => double.IsNaN(average) ? value : (0.99 * average) + (0.01 * value);
}
