namespace GuardedZephyr.Inference.Engine;

/// <summary>Facts for a health check and for a person who looks on. Counts are those since the start.</summary>
public sealed record EngineStatus
{
    public required EngineState State { get; init; }

    /// <summary>A session is loaded and requests are being taken.</summary>
    public bool IsReady => State == EngineState.Ready;

    public required int Slots { get; init; }

    /// <summary>Requests being answered now.</summary>
    public required int BusySlots { get; init; }

    public required int QueueLength { get; init; }

    /// <summary>KV cache that all slots have, in bytes.</summary>
    public required long CacheBytes { get; init; }

    /// <summary>The part of it that holds tokens, of running conversations and of ended ones.</summary>
    public required long UsedCacheBytes { get; init; }

    /// <summary>When the model last finished a step; null before the first. Busy slots and an old step mean a stall.</summary>
    public required DateTimeOffset? LastStep { get; init; }

    /// <summary>Runs of the model: prefills and batches.</summary>
    public required long Steps { get; init; }

    public required long PromptTokens { get; init; }

    /// <summary>Prompt tokens that were cached already.</summary>
    public required long CachedTokens { get; init; }

    public required long OutputTokens { get; init; }

    /// <summary>Requests whose prompt began with cached tokens.</summary>
    public required long PrefixHits { get; init; }

    /// <summary>Sessions that were thrown away after a failed step.</summary>
    public required int Rebuilds { get; init; }
}
