using System.Text.Json;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Inference.Tokenization;

/// <summary>What a Hugging Face tokenizer.json says about a byte-level BPE tokenizer of the GPT-NeoX kind.</summary>
internal sealed record TokenizerFile
{
    public required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    /// <summary>"left right", best first.</summary>
    public required IReadOnlyList<string> Merges { get; init; }

    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    public required bool NormalizesToFormC { get; init; }

    public static TokenizerFile Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Parse(path, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ModelFolderException(path, $"not a Hugging Face tokenizer file ({e.Message}); take it from the model's repository again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFolderException(path, "missing or unreadable; a model folder needs one", e);
        }
    }

    private static TokenizerFile Parse(string path, JsonElement root)
    {
        var model = root.GetProperty("model");
        var type = model.TryGetProperty("type", out var name) ? name.GetString() : "BPE";
        if (type != "BPE" || !IsByteLevel(root))
        {
            throw new ModelFolderException(path, "not a byte-level BPE tokenizer; only that kind (GPT-NeoX, as StableLM Zephyr has) is supported");
        }

        var normalizer = root.TryGetProperty("normalizer", out var value) && value.ValueKind == JsonValueKind.Object ? value.GetProperty("type").GetString() : null;
        if (normalizer is not (null or "NFC"))
        {
            throw new ModelFolderException(path, $"normalizer '{normalizer}' is not supported (only NFC or none)");
        }

        return new TokenizerFile
        {
            Vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(token => token.Name, token => token.Value.GetInt32()),
            Merges = [.. model.GetProperty("merges").EnumerateArray().Select(Merge)],
            AddedTokens = root.TryGetProperty("added_tokens", out var added) ? [.. added.EnumerateArray().Select(AddedToken.Parse)] : [],
            NormalizesToFormC = normalizer is not null,
        };
    }

    private static bool IsByteLevel(JsonElement root)
    {
        if (!root.TryGetProperty("pre_tokenizer", out var preTokenizer) || preTokenizer.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        return preTokenizer.GetProperty("type").GetString() == "ByteLevel"
            && !(preTokenizer.TryGetProperty("add_prefix_space", out var prefix) && prefix.GetBoolean());
    }

    private static string Merge(JsonElement merge) =>
        merge.ValueKind == JsonValueKind.Array ? $"{merge[0].GetString()} {merge[1].GetString()}" : merge.GetString()!;
}
