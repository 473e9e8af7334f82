using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace GuardedZephyr.Training.Harm;

/// <summary>The content of <c>sources.yaml</c>: labels, the sets used for each purpose and how their own labels map to ours.</summary>
internal sealed class HarmCatalog
{
    public Dictionary<string, HarmLabel> Labels { get; init; } = [];

    public List<HarmSource> Sources { get; init; } = [];

    public static HarmCatalog Load(string path)
    {
        var catalog = Yaml.Deserialize<HarmCatalog>(File.ReadAllText(path));
        foreach (var source in catalog.Sources)
        {
            foreach (var name in source.Rules.SelectMany(rule => rule.Labels.Keys).Where(name => name is not ("all" or "any") && !catalog.Labels.ContainsKey(name)))
            {
                throw new InvalidDataException($"{path}: set '{source.Set}' maps to '{name}', which is not a label.");
            }
        }

        return catalog;
    }

    public static IDeserializer Yaml { get; } = new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).Build();
}
