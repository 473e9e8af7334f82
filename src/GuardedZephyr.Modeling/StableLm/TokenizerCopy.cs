using System.Text.Json;
using System.Text.Json.Nodes;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>Takes over a checkpoint's tokenizer. onnxruntime-genai refuses classes that it does not know, such as StableLM 2's Arcade100kTokenizer, although it reads their files.</summary>
internal static class TokenizerCopy
{
    private const string ConfigFile = "tokenizer_config.json";
    private const string Known = "GPT2Tokenizer";
    private static readonly string[] Needed = ["tokenizer.json", ConfigFile];
    private static readonly string[] Optional = ["chat_template.jinja"];
    private static readonly string[] Classes = [Known, "GPTNeoXTokenizer", "Qwen2Tokenizer", "PreTrainedTokenizer", "TokenizersBackend"];
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n" };

    /// <exception cref="CheckpointException">A file is missing.</exception>
    public static void Check(string folder)
    {
        foreach (var file in Needed.Where(file => !File.Exists(Path.Combine(folder, file))))
        {
            throw new CheckpointException(Path.Combine(folder, file), "missing; download the tokenizer's files too");
        }
    }

    /// <exception cref="CheckpointException">tokenizer_config.json is not JSON.</exception>
    public static void Write(string from, string to)
    {
        foreach (var file in Needed.Concat(Optional).Where(file => File.Exists(Path.Combine(from, file))))
        {
            File.Copy(Path.Combine(from, file), Path.Combine(to, file));
        }

        try
        {
            var config = JsonNode.Parse(File.ReadAllBytes(Path.Combine(from, ConfigFile))) as JsonObject ?? throw new JsonException("not an object");
            var name = config["tokenizer_class"]?.GetValue<string>() ?? "";
            if (!Classes.Contains(name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^4] : name))
            {
                config["tokenizer_class"] = Known;
                File.WriteAllText(Path.Combine(to, ConfigFile), config.ToJsonString(Readable) + "\n");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(Path.Combine(from, ConfigFile), "not a JSON object; download it again", e);
        }
    }
}
