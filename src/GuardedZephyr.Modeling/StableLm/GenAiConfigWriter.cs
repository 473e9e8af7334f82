using System.Text.Json;
using System.Text.Json.Nodes;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>Writes genai_config.json. onnxruntime-genai refuses keys it does not know, so there are none of our own.</summary>
internal static class GenAiConfigWriter
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n" };

    /// <param name="generation">The checkpoint's generation_config.json; greedy without one.</param>
    public static void Write(string folder, StableLmConfig config, ExportTarget target, string modelFile, JsonNode? generation)
    {
        var root = new JsonObject
        {
            ["model"] = new JsonObject
            {
                ["type"] = "decoder",
                ["context_length"] = config.ContextLength,
                ["vocab_size"] = config.Vocabulary,
                ["bos_token_id"] = config.EndIds[0],
                ["eos_token_id"] = config.EndIds is [var only] ? only : new JsonArray([.. config.EndIds.Select(id => (JsonNode)id)]),
                ["pad_token_id"] = PaddingId(config),
                ["decoder"] = Decoder(config, target, modelFile),
            },
            ["search"] = new JsonObject
            {
                ["do_sample"] = generation?["do_sample"]?.GetValue<bool>() ?? false,
                ["temperature"] = generation?["temperature"]?.GetValue<double>() ?? 1.0,
                ["top_p"] = generation?["top_p"]?.GetValue<double>() ?? 1.0,
                ["top_k"] = generation?["top_k"]?.GetValue<int>() ?? 50,
                ["repetition_penalty"] = generation?["repetition_penalty"]?.GetValue<double>() ?? 1.0,
                ["max_length"] = config.ContextLength,
                ["past_present_share_buffer"] = true,
            },
        };
        File.WriteAllText(Path.Combine(folder, "genai_config.json"), root.ToJsonString(Readable) + "\n");
    }

    private static JsonObject Decoder(StableLmConfig config, ExportTarget target, string modelFile) => new()
    {
        ["session_options"] = new JsonObject { ["provider_options"] = Providers(target) },
        ["filename"] = modelFile,
        ["head_size"] = config.HeadSize,
        ["hidden_size"] = config.Hidden,
        ["num_attention_heads"] = config.Heads,
        ["num_key_value_heads"] = config.KeyValueHeads,
        ["num_hidden_layers"] = config.Layers,
        ["inputs"] = Inputs(target),
        ["outputs"] = new JsonObject
        {
            ["logits"] = "logits",
            ["present_key_names"] = "present.%d.key",
            ["present_value_names"] = "present.%d.value",
        },
    };

    private static JsonObject Inputs(ExportTarget target)
    {
        var inputs = new JsonObject { ["input_ids"] = "input_ids", ["attention_mask"] = "attention_mask" };
        if (target == ExportTarget.DirectMl)
        {
            inputs["position_ids"] = "position_ids";
        }

        inputs["past_key_names"] = "past_key_values.%d.key";
        inputs["past_value_names"] = "past_key_values.%d.value";
        return inputs;
    }

    private static JsonArray Providers(ExportTarget target) => target switch
    {
        ExportTarget.DirectMl => [new JsonObject { ["dml"] = new JsonObject() }],
        ExportTarget.Cuda => [new JsonObject { ["cuda"] = new JsonObject { ["enable_cuda_graph"] = "0" } }],
        _ => [],
    };

    /// <summary>An id that no prompt ends with: onnxruntime-genai reads the logits before trailing padding, and prompts end with text.</summary>
    private static int PaddingId(StableLmConfig config) =>
        config.PaddingId is { } id && !config.EndIds.Contains(id) ? id : config.Vocabulary - 1;
}
