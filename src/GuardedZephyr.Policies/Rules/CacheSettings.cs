namespace GuardedZephyr.Policies;

/// <summary>How much of what detectors found is kept, so that a conversation's history is not judged again with every turn.</summary>
/// <param name="Entries">Most texts; 0 keeps nothing.</param>
/// <param name="Megabytes">Most memory, in MiB, as estimated.</param>
public sealed record CacheSettings(int Entries = 10_000, int Megabytes = 16);
