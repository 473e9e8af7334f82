namespace GuardedZephyr.Policies;

/// <summary>The token classifier for names that a policy asks for.</summary>
/// <param name="ModelPath">Absolute path of the model folder.</param>
/// <param name="Entities">What the model's labels (<c>PER</c>, without prefix) are called in rules (<c>PERSON</c>); others are passed over.</param>
public sealed record NerSettings(string ModelPath, DetectorLimits Limits, IReadOnlyDictionary<string, string> Entities);
