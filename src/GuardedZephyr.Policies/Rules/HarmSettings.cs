using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>The harm classifier that a policy asks for.</summary>
/// <param name="ModelPath">Absolute path of the model folder.</param>
public sealed record HarmSettings(string ModelPath, DetectorLimits Limits)
{
    /// <summary>What the labels of a model in the Hugging Face layout are called in rules; empty where each keeps its own name.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = FrozenDictionary<string, string>.Empty;
}
