namespace GuardedZephyr.Inference.Models;

/// <summary>Sizes of the KV cache and names of the graph's inputs and outputs. A layer's name has %d where its number goes.</summary>
public sealed record DecoderShape
{
    public required int Layers { get; init; }

    public required int KeyValueHeads { get; init; }

    /// <summary>Heads of queries; as many as of keys and values unless those are grouped.</summary>
    public int Heads { get => field == 0 ? KeyValueHeads : field; init; }

    public required int HeadSize { get; init; }

    public string InputIds { get; init; } = "input_ids";

    public string AttentionMask { get; init; } = "attention_mask";

    public string PastKeys { get; init; } = "past_key_values.%d.key";

    public string PastValues { get; init; } = "past_key_values.%d.value";

    public string PresentKeys { get; init; } = "present.%d.key";

    public string PresentValues { get; init; } = "present.%d.value";

    public string Logits { get; init; } = "logits";

    /// <summary>Memory of keys and values in float32.</summary>
    public long CacheBytes(int tokens) => 2L * Layers * KeyValueHeads * HeadSize * sizeof(float) * tokens;
}
