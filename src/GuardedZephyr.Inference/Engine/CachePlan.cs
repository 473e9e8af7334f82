using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Inference.Engine;

/// <summary>The KV cache that a decoder is opened with.</summary>
/// <param name="ContextLength">Tokens of each slot.</param>
public sealed record CachePlan(int Slots, int ContextLength)
{
    /// <summary>Memory of a cache of float32.</summary>
    public long Bytes(DecoderShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return (long)Slots * ContextLength * shape.Layers * 2 * shape.KeyValueHeads * shape.HeadSize * sizeof(float);
    }
}
