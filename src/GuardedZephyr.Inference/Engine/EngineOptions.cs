namespace GuardedZephyr.Inference.Engine;

public sealed record EngineOptions
{
    /// <summary>Requests that may wait; the next one is refused.</summary>
    public int QueueLimit { get; init; } = 32;

    /// <summary>Tokens a conversation may have at most; the KV cache is allocated for it. Null is the model's own, at most 4096.</summary>
    public int? ContextLength { get; init; }

    /// <summary>Threads for one step; 0 is one for each physical core.</summary>
    public int Threads { get; init; }

    /// <summary>Prompt tokens read between two looks at the cancellation.</summary>
    public int PrefillChunk { get; init; } = 256;
}
