namespace GuardedZephyr.Policies;

/// <summary>The harm classifier that a policy asks for.</summary>
/// <param name="ModelPath">Absolute path of the model folder.</param>
/// <param name="Timeout">For one text; a classifier that takes longer has failed.</param>
public sealed record HarmSettings(string ModelPath, TimeSpan Timeout);
