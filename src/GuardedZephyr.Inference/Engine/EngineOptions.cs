namespace GuardedZephyr.Inference.Engine;

public sealed record EngineOptions
{
    /// <summary>Requests that are answered at the same time, each with a KV cache of its own. Null is as many as <see cref="CacheShare"/> has room for, from 1 to 4.</summary>
    public int? Slots { get; init; }

    /// <summary>The part of the machine's memory, over 0 and up to 1, that the caches may take where <see cref="Slots"/> does not say how many there are.</summary>
    public double CacheShare { get; init; } = 0.5;

    /// <summary>Requests that may wait; the next one is refused.</summary>
    public int QueueLimit { get; init; } = 32;

    /// <summary>Tokens a conversation may have at most; the KV cache is reserved for it. Null is the model's own, at most 4096.</summary>
    public int? ContextLength { get; init; }

    /// <summary>Threads for one step; 0 is one for each physical core.</summary>
    public int Threads { get; init; }

    /// <summary>Prompt tokens read between two steps of the other requests; even.</summary>
    public int PrefillChunk { get; init; } = 64;

    /// <exception cref="EngineOptionsException">A setting is outside its range.</exception>
    internal void Validate()
    {
        Require(Slots is null or (>= 1 and <= 64), nameof(Slots), "from 1 to 64");
        Require(CacheShare is > 0 and <= 1, nameof(CacheShare), "over 0 and at most 1");
        Require(QueueLimit >= 1, nameof(QueueLimit), "at least 1");
        Require(Threads is >= 0 and <= 1024, nameof(Threads), "from 0 to 1024");
        Require(PrefillChunk >= 2 && PrefillChunk % 2 == 0, nameof(PrefillChunk), "even and at least 2");
    }

    private static void Require(bool holds, string setting, string range)
    {
        if (!holds)
        {
            throw new EngineOptionsException(setting, $"must be {range}");
        }
    }
}
