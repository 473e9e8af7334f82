using System.Text.Json;
using System.Text.Json.Nodes;
using GuardedZephyr.Modeling.Safetensors;
using GuardedZephyr.Training.Nano.Tokenizer;

namespace GuardedZephyr.Training.Nano;

/// <summary>Writes the trained model as a Hugging Face folder; the tokenizer's files are there already.</summary>
internal static class NanoCheckpointWriter
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static void Write(string folder, NanoModel model, int vocabulary)
    {
        var config = new JsonObject
        {
            ["architectures"] = new JsonArray("StableLmForCausalLM"),
            ["model_type"] = "stablelm",
            ["vocab_size"] = vocabulary,
            ["hidden_size"] = NanoShape.Hidden,
            ["intermediate_size"] = NanoShape.Intermediate,
            ["num_hidden_layers"] = NanoShape.Layers,
            ["num_attention_heads"] = NanoShape.Heads,
            ["num_key_value_heads"] = NanoShape.Heads,
            ["partial_rotary_factor"] = (double)NanoShape.RotaryWidth / NanoShape.HeadSize,
            ["rope_theta"] = NanoShape.RopeTheta,
            ["layer_norm_eps"] = NanoShape.Epsilon,
            ["hidden_act"] = "silu",
            ["use_qkv_bias"] = false,
            ["tie_word_embeddings"] = false,
            ["max_position_embeddings"] = NanoShape.Context,
            ["bos_token_id"] = TokenizerWriter.EndOfTextId,
            ["eos_token_id"] = TokenizerWriter.EndOfTextId,
            ["pad_token_id"] = TokenizerWriter.PaddingId,
            ["torch_dtype"] = "float32",
        };
        File.WriteAllText(Path.Combine(folder, "config.json"), config.ToJsonString(Readable) + "\n");
        File.WriteAllText(Path.Combine(folder, "generation_config.json"), new JsonObject { ["do_sample"] = false }.ToJsonString(Readable) + "\n");
        var tensors = model.state_dict().Select(entry => (entry.Key, entry.Value.shape, entry.Value.data<float>().ToArray())).ToList();
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), tensors);
    }
}
