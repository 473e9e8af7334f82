using System.Diagnostics;
using GuardedZephyr.Inference.Tokenization;
using GuardedZephyr.Training.Nano.Lessons;
using Spectre.Console;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Nano;

/// <summary>AdamW with warm-up and a cosine schedule. A step's rows depend on the seed and the step only, so a resumed run sees what an unbroken one would.</summary>
internal sealed class NanoTrainer(NanoModel model, BytePairTokenizer tokenizer, Curriculum curriculum, TrainingSettings settings, string workFolder)
{
    private const int RowsPerStep = 8;
    private const int StepsPerPool = 16;
    private const int MeasuredSteps = 30;
    private const int CheckpointInterval = 500;
    private const int WarmUp = 100;
    private const int EchoSteps = 160;
    private const double EarlyEchoShare = 0.5;
    private const double PeakRate = 1.5e-3;
    private const double FinalShare = 0.02;

    private readonly Checkpoint _checkpoint = new(Path.Combine(workFolder, "checkpoint"));
    private IReadOnlyList<TrainingRow[]> _pool = [];
    private int _poolIndex = -1;

    /// <returns>The number of steps trained in all.</returns>
    public int Train(CancellationToken cancellationToken)
    {
        using var optimizer = optim.AdamW(model.parameters(), PeakRate, beta1: 0.9, beta2: 0.98, weight_decay: 0.05);
        var (step, steps) = (0, settings.Steps);
        if (settings.Resume && _checkpoint.Load(model, optimizer) is { } saved)
        {
            (step, steps) = (saved.Step, settings.Steps ?? saved.Steps);
        }

        var clock = Stopwatch.StartNew();
        AnsiConsole.Progress().AutoClear(false).Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(context =>
        {
            var task = context.AddTask("training", maxValue: steps ?? double.MaxValue);
            task.Value = step;
            var (average, tokens) = (double.NaN, 0L);
            model.train();
            while (step < (steps ?? int.MaxValue))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var rows = Rows(step);
                var loss = Step(optimizer, rows, Rate(step, steps));
                average = double.IsNaN(average) ? loss : (0.98 * average) + (0.02 * loss);
                tokens += rows.Sum(row => row.Ids.Count);
                step++;
                if (steps is null && step == MeasuredSteps)
                {
                    steps = (int)(settings.Minutes * 60 / clock.Elapsed.TotalSeconds * MeasuredSteps);
                    task.MaxValue = steps.Value;
                }

                task.Value = step;
                task.Description = $"step {step} of {steps}, loss {average:F4}, {tokens / clock.Elapsed.TotalSeconds:F0} tokens/s";
                if (step % CheckpointInterval == 0)
                {
                    _checkpoint.Save(model, optimizer, new TrainingProgress(step, steps!.Value));
                }
            }
        });
        _checkpoint.Save(model, optimizer, new TrainingProgress(step, step));
        return step;
    }

    private static double Rate(int step, int? steps)
    {
        if (step < WarmUp)
        {
            return PeakRate * (step + 1) / WarmUp;
        }

        var share = (step - WarmUp) / (double)Math.Max(1, steps!.Value - WarmUp);
        return PeakRate * (FinalShare + ((1 - FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * share))));
    }

    /// <summary>Rows of like length share a step, so that little is spent on padding.</summary>
    private TrainingRow[] Rows(int step)
    {
        var pool = step / StepsPerPool;
        if (pool != _poolIndex)
        {
            var random = new Random(HashCode(settings.Seed, pool));
            var rows = Enumerable.Range(0, RowsPerStep * StepsPerPool).Select(_ => TrainingRow.Create(tokenizer, step < EchoSteps ? curriculum.Draw(random, EarlyEchoShare) : curriculum.Draw(random))).ToArray();
            var batches = rows.OrderBy(row => row.Ids.Count).Chunk(RowsPerStep).ToArray();
            random.Shuffle(batches);
            (_pool, _poolIndex) = (batches, pool);
        }

        return _pool[step % StepsPerPool];
    }

    private static int HashCode(int seed, int pool) => unchecked((seed * 1_000_003) + pool);

    private float Step(OptimizerHelper optimizer, TrainingRow[] rows, double rate)
    {
        using var scope = NewDisposeScope();
        var (ids, positions, targets) = Tensors(rows);
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        optimizer.zero_grad();
        var loss = functional.cross_entropy(model.LogitsAt(ids, positions), targets);
        loss.backward();
        nn.utils.clip_grad_norm_(model.parameters(), 1.0);
        optimizer.step();
        return loss.item<float>();
    }

    private static (Tensor Ids, Tensor Positions, Tensor Targets) Tensors(TrainingRow[] rows)
    {
        var length = rows.Max(row => row.Ids.Count) - 1;
        var ids = new long[rows.Length * length];
        var positions = new List<long>();
        var targets = new List<long>();
        foreach (var (r, row) in rows.Index())
        {
            for (var i = 0; i + 1 < row.Ids.Count; i++)
            {
                ids[(r * length) + i] = row.Ids[i];
                if (row.Learnt[i + 1])
                {
                    positions.Add((r * length) + i);
                    targets.Add(row.Ids[i + 1]);
                }
            }
        }

        return (tensor(ids).view(rows.Length, length), tensor(positions.ToArray()), tensor(targets.ToArray()));
    }
}
