using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Inference.Engine;

/// <summary>The KV cache that a decoder is opened with. All of it is reserved before the first turn starts, so no turn fails for want of it.</summary>
/// <param name="ContextLength">Tokens of each slot.</param>
public sealed record CachePlan(int Slots, int ContextLength)
{
    private const int DefaultContextLimit = 4096;
    private const int DefaultSlotLimit = 4;

    /// <summary>Memory of a cache of float32.</summary>
    public long Bytes(DecoderShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return (long)Slots * ContextLength * shape.Layers * 2 * shape.KeyValueHeads * shape.HeadSize * sizeof(float);
    }

    /// <summary>The plan for the CPU, where cache and weights share the machine's memory.</summary>
    /// <param name="memory">Bytes that the process can have.</param>
    /// <exception cref="EngineOptionsException">It does not fit, or a setting is outside its range.</exception>
    internal static CachePlan ForMemory(ModelFolder model, EngineOptions options, long memory)
    {
        var one = new CachePlan(1, ContextOf(model, options));
        var (slot, weights) = (one.Bytes(model.Decoder), WeightBytes(model));
        var fitting = (int)Math.Clamp((long)(memory * options.CacheShare) / slot, 1, DefaultSlotLimit);
        var plan = one with { Slots = options.Slots ?? fitting };
        var needed = plan.Bytes(model.Decoder);
        if (needed > memory - weights)
        {
            throw new EngineOptionsException(
                plan.Slots > 1 ? nameof(options.Slots) : nameof(options.ContextLength),
                FormattableString.Invariant($"is too high: {plan.Slots} slot(s) of {plan.ContextLength} tokens need {needed} bytes of KV cache beside {weights} bytes of weights, and the process can have {memory}; ")
                + (plan.Slots > 1 ? "lower Slots or ContextLength" : "lower ContextLength"));
        }

        return plan;
    }

    /// <summary>The plan for a decoder that knows its own memory: one slot unless the options say more.</summary>
    internal static CachePlan Unbounded(ModelFolder model, EngineOptions options) => new(options.Slots ?? 1, ContextOf(model, options));

    private static int ContextOf(ModelFolder model, EngineOptions options)
    {
        var length = options.ContextLength ?? Math.Min(model.ContextLength, DefaultContextLimit);
        return length >= 2 && length <= model.ContextLength
            ? length
            : throw new EngineOptionsException(nameof(options.ContextLength), $"must be from 2 to the model's own {model.ContextLength}");
    }

    private static long WeightBytes(ModelFolder model) =>
        new DirectoryInfo(Path.GetDirectoryName(model.ModelPath)!).EnumerateFiles(Path.GetFileName(model.ModelPath) + "*").Sum(file => file.Length);
}
