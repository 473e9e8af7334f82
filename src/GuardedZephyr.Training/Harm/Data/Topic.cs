namespace GuardedZephyr.Training.Harm;

/// <summary>Texts of one subject, written by hand, harmful ones beside harmless ones that look alike. Every line may hold alternatives: <c>{a|b|c}</c>.</summary>
internal sealed class Topic
{
    /// <summary>The subject.</summary>
    [YamlDotNet.Serialization.YamlMember(Alias = "topic", ApplyNamingConventions = false)]
    public string Name { get; init; } = "";

    /// <summary>What the harmful parts are.</summary>
    public List<string> Labels { get; init; } = [];

    /// <summary>Verb phrases in base form that harmful requests ask for.</summary>
    public List<string> Acts { get; init; } = [];

    /// <summary>Whole harmful texts.</summary>
    public List<string> Texts { get; init; } = [];

    /// <summary>False claims, as clauses.</summary>
    public List<string> Claims { get; init; } = [];

    /// <summary>True claims of the same wording.</summary>
    public List<string> TrueClaims { get; init; } = [];

    public List<string> HarmlessActs { get; init; } = [];

    public List<string> HarmlessTexts { get; init; } = [];

    /// <summary>What an assistant says that is harmless: answers, refusals, warnings.</summary>
    public List<string> HarmlessReplies { get; init; } = [];

    public static IReadOnlyList<Topic> Load(string folder) =>
        [.. Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).SelectMany(Read)];

    private static List<Topic> Read(string path)
    {
        try
        {
            return HarmCatalog.Yaml.Deserialize<List<Topic>>(File.ReadAllText(path));
        }
        catch (YamlDotNet.Core.YamlException e)
        {
            throw new InvalidDataException($"{path}, line {e.Start.Line}: {e.Message}", e);
        }
    }
}
