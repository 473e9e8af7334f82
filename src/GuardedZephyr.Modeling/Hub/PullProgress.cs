namespace GuardedZephyr.Modeling.Hub;

/// <param name="File">What is being downloaded.</param>
/// <param name="Done">Bytes of all files that are here.</param>
/// <param name="Fetched">Bytes of them that this run has downloaded.</param>
public readonly record struct PullProgress(string File, long Done, long Fetched, long Total);
