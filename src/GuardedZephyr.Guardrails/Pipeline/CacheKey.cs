namespace GuardedZephyr.Guardrails;

/// <summary>A keyed hash of 256 bits of what a detection depends on: it gives nothing of the text away.</summary>
internal readonly record struct CacheKey(UInt128 High, UInt128 Low);
