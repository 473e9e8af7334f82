namespace GuardedZephyr.Policies;

/// <summary>The harm classifier that a policy asks for.</summary>
/// <param name="ModelPath">Absolute path of the model folder.</param>
public sealed record HarmSettings(string ModelPath, DetectorLimits Limits);
