using System.Text;

namespace GuardedZephyr.Training.Harm;

/// <summary>The content of <c>grammar.yaml</c>: lists of phrases, and families of sentence templates with slots that they fill.</summary>
internal sealed class Grammar
{
    public Dictionary<string, List<string>> Lists { get; init; } = [];

    public List<GrammarFamily> Families { get; init; } = [];

    public static Grammar Load(string path) => HarmCatalog.Yaml.Deserialize<Grammar>(File.ReadAllText(path));

    /// <summary>Fills every slot <c>{list}</c>, <c>{word}</c> (a neutral word) and <c>{sentence}</c> (a neutral sentence), nested ones too.</summary>
    public string Fill(string template, NeutralText neutral, Random random)
    {
        var text = new StringBuilder();
        var rest = template.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open)
        {
            text.Append(rest[..open]);
            rest = rest[(open + 1)..];
            var close = rest.IndexOf('}');
            var slot = rest[..close].ToString();
            rest = rest[(close + 1)..];
            text.Append(slot switch
            {
                "word" => Pick(neutral.Words, random),
                "sentence" => Pick(neutral.Sentences, random),
                _ when Lists.TryGetValue(slot, out var list) => Fill(Pick(list, random), neutral, random),
                _ => throw new InvalidDataException($"grammar.yaml: there is no list '{slot}'."),
            });
        }

        return text.Append(rest).ToString();
    }

    private static string Pick(IReadOnlyList<string> items, Random random) => items[random.Next(items.Count)];
}
