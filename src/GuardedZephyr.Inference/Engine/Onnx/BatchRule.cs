using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Inference.Engine;

/// <summary>
/// How many rows a batch of steps must have for a row's logits not to depend, to the bit, on what else is in the batch. Kernels for weights of blocks
/// of 64 and more take rows in pairs and an odd one another way; attention splits a long cache when there are fewer heads than threads.
/// </summary>
/// <param name="Min">The fewest rows.</param>
/// <param name="Multiple">1 or 2.</param>
/// <param name="Slots">Rows that there are.</param>
/// <param name="Holds">False when no number of rows makes batches agree on this machine.</param>
internal sealed record BatchRule(int Min, int Multiple, int Slots, bool Holds)
{
    /// <summary>
    /// Threads of the session, 0 being ONNX Runtime's choice (a thread for each physical core): the wanted ones, but not so many that even all slots
    /// together have fewer heads than threads.
    /// </summary>
    public static int Threads(int wanted, DecoderShape shape, int slots)
    {
        var most = slots == 1 ? int.MaxValue : slots * shape.Heads;
        return wanted > 0 ? Math.Min(wanted, most)
            : Environment.ProcessorCount <= most ? 0
            : shape.Heads;
    }

    /// <summary>Rows from which on a batch has a head for each thread.</summary>
    public static int MinRows(int threads, DecoderShape shape) => ((threads == 0 ? Environment.ProcessorCount : threads) + shape.Heads - 1) / shape.Heads;

    /// <param name="step">Runs that many rows, of the same inputs each time, and gives their logits, row by row.</param>
    public static BatchRule Measure(int min, int slots, Func<int, float[]> step)
    {
        var most = Math.Min(slots, 4);
        var all = step(most);
        var agrees = Enumerable.Range(1, most).Select(rows => all.AsSpan().StartsWith(step(rows))).ToList();
        var multiple = agrees.TrueForAll(each => each) ? 1 : 2;
        var holds = slots == 1 || Enumerable.Range(1, most).Where(rows => rows % multiple == 0).All(rows => agrees[rows - 1]);
        return new BatchRule(slots == 1 ? 1 : min, slots == 1 ? 1 : multiple, slots, holds);
    }

    /// <summary>The smallest range of slots that has enough rows and the given ones in it.</summary>
    public (int First, int Rows) Widen(int first, int rows)
    {
        rows = Math.Max(rows, Min);
        rows = Math.Min(rows + (rows % Multiple), Slots);
        return (Math.Min(first, Slots - rows), rows);
    }
}
