using System.Text.Json;

namespace GuardedZephyr.Classification;

/// <summary>Files of a model's folder, with errors that name them.</summary>
internal static class ModelJson
{
    /// <returns>A JSON object.</returns>
    public static JsonElement Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(ReadBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new ClassifierFolderException($"'{path}' must hold a JSON object.");
        }
        catch (JsonException e)
        {
            throw new ClassifierFolderException($"'{path}' is no JSON, or truncated: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    public static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClassifierFolderException(File.Exists(path) ? $"'{path}' cannot be read: {e.Message}" : $"'{path}' is missing.", e);
        }
    }

    /// <summary>The vocabulary of a tokenizer: an object of tokens with their ids.</summary>
    public static Dictionary<string, int> Vocabulary(string path, JsonElement vocabulary)
    {
        var ids = new Dictionary<string, int>();
        foreach (var token in vocabulary.ValueKind == JsonValueKind.Object ? vocabulary.EnumerateObject() : default)
        {
            ids[token.Name] = token.Value.ValueKind == JsonValueKind.Number && token.Value.TryGetInt32(out var id)
                ? id
                : throw new ClassifierFolderException($"'{path}': token '{token.Name}' has no id.");
        }

        return ids.Count > 0 ? ids : throw new ClassifierFolderException($"'{path}' has no vocabulary, or an empty one.");
    }

    public static bool? Flag(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is (JsonValueKind.True or JsonValueKind.False) ? value.GetBoolean() : null;
}
