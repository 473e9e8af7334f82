using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace GuardedZephyr.Bench;

/// <summary>What a policy file says under <c>detectors.pii</c>, which a loaded policy keeps to itself.</summary>
/// <param name="MinScore">Least score that counts where a rule does not say its own.</param>
internal sealed record PiiSettings(IReadOnlyList<string> Packs, double MinScore)
{
    private const double DefaultMinScore = 0.5;

    /// <param name="policyFile">A file that <see cref="Policies.PolicyFile"/> has accepted.</param>
    public static PiiSettings Read(string policyFile)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(policyFile);
        yaml.Load(reader);
        var pii = Child(Child(yaml.Documents[0].RootNode, "detectors"), "pii");
        string[] packs = Child(pii, "packs") switch
        {
            YamlSequenceNode list => [.. list.Select(item => item.ToString())],
            YamlScalarNode one => [one.ToString()],
            _ => [],
        };
        return new PiiSettings(packs, Child(pii, "min-score") is { } score ? double.Parse(score.ToString(), CultureInfo.InvariantCulture) : DefaultMinScore);
    }

    private static YamlNode? Child(YamlNode? node, string key) => node is YamlMappingNode map && map.Children.TryGetValue(key, out var child) ? child : null;
}
