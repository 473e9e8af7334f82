using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Training.Nano.Tokenizer;

/// <summary>Writes a vocabulary as the Hugging Face files tokenizer.json and tokenizer_config.json.</summary>
internal static class TokenizerWriter
{
    public const int EndOfTextId = 0;

    /// <summary>A token that no prompt ends with, as onnxruntime-genai needs for its padding.</summary>
    public const int PaddingId = 1;
    private const string Padding = "<|padding|>";

    private const string ChatTemplate =
        "{% for message in messages %}<|{{ message['role'] }}|>\n{{ message['content'] }}<|endoftext|>\n{% endfor %}"
        + "{% if add_generation_prompt %}<|assistant|>\n{% endif %}";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string folder, IReadOnlyList<(string Left, string Right)> merges)
    {
        var tokens = new List<string> { BytePairTokenizer.EndOfText, Padding };
        tokens.AddRange(Enumerable.Range(0, 256).Select(value => ByteAlphabet.Encode([(byte)value])));
        tokens.AddRange(merges.Select(merge => merge.Left + merge.Right).Distinct());
        var byteLevel = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true };
        var tokenizer = new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray(AddedToken(EndOfTextId, BytePairTokenizer.EndOfText), AddedToken(PaddingId, Padding)),
            ["normalizer"] = null,
            ["pre_tokenizer"] = byteLevel,
            ["post_processor"] = byteLevel.DeepClone(),
            ["decoder"] = byteLevel.DeepClone(),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = null,
                ["end_of_word_suffix"] = null,
                ["fuse_unk"] = false,
                ["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
                ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)$"{merge.Left} {merge.Right}")]),
            },
        };
        var config = new JsonObject
        {
            ["tokenizer_class"] = "GPTNeoXTokenizer",
            ["add_prefix_space"] = false,
            ["bos_token"] = BytePairTokenizer.EndOfText,
            ["eos_token"] = BytePairTokenizer.EndOfText,
            ["unk_token"] = BytePairTokenizer.EndOfText,
            ["pad_token"] = Padding,
            ["clean_up_tokenization_spaces"] = false,
            ["chat_template"] = ChatTemplate,
        };
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), tokenizer.ToJsonString(Readable) + "\n");
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), config.ToJsonString(Readable) + "\n");
    }

    private static JsonObject AddedToken(int id, string content) => new()
    {
        ["id"] = id,
        ["content"] = content,
        ["single_word"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = false,
        ["special"] = true,
    };
}
