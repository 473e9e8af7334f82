namespace GuardedZephyr.Training.Harm;

/// <summary>The content of <c>frames.yaml</c>: what stands around acts and claims. Lines may hold alternatives.</summary>
internal sealed class Frames
{
    /// <summary>Around <c>{act}</c> or <c>{gerund}</c>: a request, harmful or not as the act is.</summary>
    public List<string> Requests { get; init; } = [];

    /// <summary>Around <c>{act}</c> or <c>{gerund}</c> of harm: harmless.</summary>
    public List<string> AboutHarm { get; init; } = [];

    /// <summary>Around <c>{claim}</c>: says it or asks for a text that does.</summary>
    public List<string> Assertions { get; init; } = [];

    /// <summary>Around <c>{claim}</c>: asks whether it is so, reports or denies it.</summary>
    public List<string> AboutClaims { get; init; } = [];

    /// <summary>Around <c>{text}</c>, whose labels stay.</summary>
    public List<string> Wrappers { get; init; } = [];

    /// <summary>Around <c>{text}</c>: an attack on the instructions, whatever is in it.</summary>
    public List<string> Attacks { get; init; } = [];

    public static Frames Load(string path) => HarmCatalog.Yaml.Deserialize<Frames>(File.ReadAllText(path));
}
