using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace GuardedZephyr.Evaluation;

/// <summary>The content of <c>sources.yaml</c>: labels, the sets used for each purpose and how their own labels map to ours.</summary>
internal sealed class HarmCatalog
{
    public Dictionary<string, HarmLabel> Labels { get; init; } = [];

    public List<HarmSource> Sources { get; init; } = [];

    public static IDeserializer Yaml { get; } = new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).Build();

    /// <exception cref="InvalidDataException">The file is no catalog; the message says where and why.</exception>
    public static HarmCatalog Load(string path)
    {
        var catalog = Read(path);
        foreach (var source in catalog.Sources.Where(source => source.Kind is { } kind && !SetKind.All.Contains(kind)))
        {
            throw new InvalidDataException($"{path}: set '{source.Set}' has kind '{source.Kind}'; kinds are {string.Join(", ", SetKind.All)}.");
        }

        foreach (var source in catalog.Sources)
        {
            foreach (var name in source.Rules.SelectMany(rule => rule.Labels.Keys).Where(name => name is not ("all" or "any") && !catalog.Labels.ContainsKey(name)))
            {
                throw new InvalidDataException($"{path}: set '{source.Set}' maps to '{name}', which is not a label.");
            }
        }

        return catalog;
    }

    private static HarmCatalog Read(string path)
    {
        try
        {
            return Yaml.Deserialize<HarmCatalog?>(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path}: is empty.");
        }
        catch (YamlException e)
        {
            throw new InvalidDataException($"{path}, line {e.Start.Line}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
