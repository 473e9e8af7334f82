namespace GuardedZephyr.Inference.Engine;

/// <summary>Sizes of a decoder, and what the engine may ask of it.</summary>
public sealed record DecoderTraits
{
    public required int VocabularySize { get; init; }

    /// <summary>Conversations that fit side by side.</summary>
    public required int Slots { get; init; }

    /// <summary>Tokens of one slot.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Memory that the cache of all slots takes.</summary>
    public required long CacheBytes { get; init; }

    /// <summary>
    /// A prefill may follow cached tokens, also fewer of them than are cached. Without it the engine gives each prompt whole, in one call, and reuses
    /// nothing.
    /// </summary>
    public required bool ContinuesPrefill { get; init; }

    /// <summary>The start of one slot can be copied to another.</summary>
    public bool CopiesPrefix { get; init; }

    /// <summary>
    /// A token that a step ran has in the cache, to the bit, what a prefill would have put there. Without it the engine runs a reply's tokens again, as a
    /// prefill, before they are part of a reused prefix: a reply must not depend on whether an earlier one is still cached.
    /// </summary>
    public bool StepsEqualPrefill { get; init; }

    /// <summary>A step gives the same bits whatever else is in its batch. Without it the engine says at start that replies may depend on what runs beside them.</summary>
    public bool BatchesAgree { get; init; } = true;

    /// <summary>Prefills of a multiple of this many ids give the same bits however a prompt is cut; the engine keeps to it where a prompt is longer than that.</summary>
    public int PrefillMultiple { get; init; } = 1;
}
