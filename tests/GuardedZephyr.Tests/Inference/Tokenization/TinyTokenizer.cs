using System.Text.Json.Nodes;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Tests.Inference.Tokenization;

/// <summary>A byte-level tokenizer with hardly any merges: id 0 is the end mark, 1 padding, 2 to 257 the bytes, then "he", "ll", "hell", "hello".</summary>
internal static class TinyTokenizer
{
    public const int FirstByte = 2;
    private static readonly string[] Merges = ["h e", "l l", "he ll", "hell o"];

    public static string Write(string folder, Action<JsonObject>? change = null)
    {
        var tokens = new List<string> { "<|endoftext|>", "<|padding|>" };
        tokens.AddRange(Enumerable.Range(0, 256).Select(value => ByteAlphabet.Encode([(byte)value])));
        tokens.AddRange(Merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal)));
        var root = new JsonObject
        {
            ["added_tokens"] = new JsonArray(
                new JsonObject { ["id"] = 0, ["content"] = "<|endoftext|>", ["special"] = true },
                new JsonObject { ["id"] = 1, ["content"] = "<|padding|>", ["special"] = true }),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false },
            ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
                ["merges"] = new JsonArray([.. Merges.Select(merge => (JsonNode)merge)]),
            },
        };
        change?.Invoke(root);
        var path = Path.Combine(folder, "tokenizer.json");
        File.WriteAllText(path, root.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), "{}");
        return path;
    }
}
