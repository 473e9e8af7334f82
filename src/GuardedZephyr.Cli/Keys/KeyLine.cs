namespace GuardedZephyr.Cli;

/// <summary>A new key, for scripts.</summary>
internal sealed record KeyLine(string Name, string Key, string Hash, string Policy);
