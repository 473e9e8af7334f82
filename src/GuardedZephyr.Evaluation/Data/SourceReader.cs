using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;

namespace GuardedZephyr.Evaluation;

/// <summary>Reads the rows of a set and maps their labels.</summary>
internal sealed class SourceReader(string dataFolder, string annotationFolder, IReadOnlyList<string> labels)
{
    /// <summary>Longer texts are cut for training; a passage of them is what the classifier sees at a time.</summary>
    private const int LongestText = 1200;

    /// <returns>At most the source's limit, drawn by <paramref name="random"/>; in the file's order without a limit.</returns>
    /// <exception cref="InvalidDataException">A line is not what sets are made of; the message says which.</exception>
    public List<Example> Read(HarmSource source, Random random)
    {
        var examples = new List<Example>();
        var annotations = source.Annotations is { } file ? Annotation.Read(Path.Combine(annotationFolder, file)) : null;
        foreach (var (index, line) in Lines(source).Index())
        {
            using var document = Parse(source, index, line);
            var row = document.RootElement;
            if ((annotations is null ? Map(source, row) : Annotate(source, row, annotations[index])) is { } example)
            {
                examples.Add(example with
                {
                    Id = row.TryGetProperty("id", out var id) ? id.ToString() : index.ToString(CultureInfo.InvariantCulture),
                    Groups = source.Groups is { } field ? HarmRule.Values(row, field) : [],
                });
            }
        }

        if (source.Limit > 0 && examples.Count > source.Limit)
        {
            var shuffled = examples.ToArray();
            random.Shuffle(shuffled);
            return [.. shuffled.AsSpan(0, source.Limit)];
        }

        return examples;
    }

    private static JsonDocument Parse(HarmSource source, int index, string line)
    {
        try
        {
            var document = JsonDocument.Parse(line);
            return document.RootElement is { ValueKind: JsonValueKind.Object } row && row.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
                ? document
                : throw new InvalidDataException($"Set '{source.Set}', row {index}: has no 'text'.");
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"Set '{source.Set}', row {index}: is not JSON.");
        }
    }

    private Example? Map(HarmSource source, JsonElement row)
    {
        var mapped = new sbyte[labels.Count];
        Array.Fill(mapped, Example.Silent);
        var any = Example.Silent;
        var text = row.GetProperty("text").GetString() ?? "";
        foreach (var rule in source.Rules.Where(rule => rule.Matches(row)))
        {
            text = rule.Field is null ? text : HarmRule.Value(row, rule.Field) ?? "";
            foreach (var (name, value) in rule.Labels)
            {
                if (name == "all")
                {
                    Array.Fill(mapped, value);
                    any = value;
                }
                else if (name == "any")
                {
                    any = value;
                }
                else
                {
                    mapped[Index(name)] = value;
                }
            }
        }

        if (mapped.Contains((sbyte)1))
        {
            any = 1;
        }

        text = WebUtility.HtmlDecode(text).Trim();
        return text.Length == 0 || (any == Example.Silent && Array.TrueForAll(mapped, value => value == Example.Silent))
            ? null
            : new Example(text.Length > LongestText ? text[..LongestText] : text, source.Set, mapped, any, source.Weight, source.Use != "train", Kind(source));
    }

    private Example? Annotate(HarmSource source, JsonElement row, Annotation annotation)
    {
        if (annotation.Labels is not { } given)
        {
            return null;
        }

        const string Misinformation = "misinformation";
        var mapped = labels.Select(label =>
            given.Contains(label) ? (sbyte)1
            : label.StartsWith(Misinformation, StringComparison.Ordinal) && given.Contains(Misinformation) ? Example.Silent
            : label is "threat" or "toxicity" && given.Count > 0 ? Example.Silent
            : (sbyte)0).ToArray();
        return new Example(row.GetProperty("text").GetString()!, source.Set, mapped, given.Count > 0 ? (sbyte)1 : (sbyte)0, source.Weight, source.Use != "train", given.Count == 0 ? Kind(source) : PromptKind.None);
    }

    private static PromptKind Kind(HarmSource source) =>
        !source.Prompts ? PromptKind.None : source.Use == "calibrate" ? PromptKind.Foreign : PromptKind.Familiar;

    private int Index(string label) => labels.Index().First(item => item.Item == label).Index;

    private IEnumerable<string> Lines(HarmSource source)
    {
        var folder = Path.Combine(dataFolder, source.Use is "dev-only" or "redteam" ? source.Use : "train");
        var zipped = Path.Combine(folder, source.Set + ".jsonl.gz");
        using Stream stream = File.Exists(zipped)
            ? new GZipStream(File.OpenRead(zipped), CompressionMode.Decompress)
            : File.OpenRead(Path.Combine(folder, source.Set + ".jsonl"));
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}
