using System.Globalization;
using System.Text.Json;

namespace GuardedZephyr.Classification;

/// <summary>Reads a classifier's folder in the Hugging Face layout: <c>config.json</c>, <c>model.onnx</c> and the tokenizer's files.</summary>
internal static class EncoderFolder
{
    public const string ModelFile = "model.onnx";
    public const string ConfigFile = "config.json";

    /// <summary>Where config.json does not say: BERT's.</summary>
    private const int DefaultPositions = 512;

    private const int FewestPositions = 16;

    /// <summary>The marks in front of and behind a text.</summary>
    private const int Marks = 2;

    /// <summary>RoBERTa's first position is behind that of its padding (index 1), so two positions less can be used.</summary>
    private static readonly string[] _offsetPositions = ["roberta", "xlm-roberta", "camembert"];

    /// <exception cref="ClassifierFolderException">A file is missing or wrong; the message names it and the fault.</exception>
    public static EncoderDescription Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new ClassifierFolderException($"Model folder '{folder}' does not exist: give a folder with {ConfigFile}, {ModelFile} and the tokenizer's files.");
        }

        var path = Path.Combine(folder, ConfigFile);
        var config = ModelJson.Read(path);
        var type = config.TryGetProperty("model_type", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        var positions = config.TryGetProperty("max_position_embeddings", out value) && value.TryGetInt32(out var given) ? given : DefaultPositions;
        if (positions < FewestPositions)
        {
            throw new ClassifierFolderException($"'{path}': max_position_embeddings is {positions}; a text needs at least {FewestPositions}.");
        }

        return new EncoderDescription
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            ModelPath = Path.Combine(folder, ModelFile),
            ConfigPath = path,
            Config = config,
            Labels = ReadLabels(path, config),
            MaxTokens = positions - Marks - (_offsetPositions.Contains(type) ? 2 : 0),
            Tokenizer = EncoderTokenizer.Load(folder, type),
        };
    }

    private static string[] ReadLabels(string path, JsonElement config)
    {
        if (!config.TryGetProperty("id2label", out var labels) || labels.ValueKind != JsonValueKind.Object || !labels.EnumerateObject().Any())
        {
            throw new ClassifierFolderException($"'{path}' has no id2label: it must name the label of each output.");
        }

        var byId = new SortedDictionary<int, string>();
        foreach (var label in labels.EnumerateObject())
        {
            var name = label.Value.ValueKind == JsonValueKind.String ? label.Value.GetString()! : "";
            if (!int.TryParse(label.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || string.IsNullOrWhiteSpace(name))
            {
                throw new ClassifierFolderException($"'{path}': id2label has '{label.Name}': {label.Value.GetRawText().ReplaceLineEndings(" ")}; it must map numbers to names.");
            }

            byId[id] = name;
        }

        return byId.Keys.SequenceEqual(Enumerable.Range(0, byId.Count))
            ? [.. byId.Values]
            : throw new ClassifierFolderException($"'{path}': the ids of id2label must be 0 to {byId.Count - 1}, each once.");
    }
}
