namespace GuardedZephyr.Modeling.StableLm;

/// <summary>Bytes of weights written, and to write in all.</summary>
public readonly record struct ExportProgress(long Written, long Total);
