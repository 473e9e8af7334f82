using System.Runtime.InteropServices;
using System.Text.Json;
using GuardedZephyr.Bench;

namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>A StableLM checkpoint as llama.cpp reads it: GGUF version 3, all weights in float32.</summary>
internal static class GgufFile
{
    private const int NormalToken = 1, ControlToken = 3, UnusedToken = 5;

    public static void Write(string path, string checkpoint)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(checkpoint, "config.json")));
        var root = config.RootElement;
        var weights = ReferenceWeights.Read(checkpoint);
        var tensors = Tensors(root, weights).ToList();
        var settings = Settings(root, Vocabulary(checkpoint, Number(root, "vocab_size"))).ToList();
        GgufWriter.Write(path, settings, [.. tensors.Select(tensor => new GgufWriter.Tensor(
            tensor.Name, Array.ConvertAll(tensor.Shape, size => (long)size), GgufWriter.Float32, 4L * tensor.Values.Length, stream => stream.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()))))]);
    }

    private static IEnumerable<(string Name, object Value)> Settings(JsonElement config, List<(string Text, int Type)> vocabulary)
    {
        var headSize = Number(config, "hidden_size") / Number(config, "num_attention_heads");
        yield return ("general.architecture", "stablelm");
        yield return ("stablelm.context_length", (uint)Number(config, "max_position_embeddings"));
        yield return ("stablelm.embedding_length", (uint)Number(config, "hidden_size"));
        yield return ("stablelm.block_count", (uint)Number(config, "num_hidden_layers"));
        yield return ("stablelm.feed_forward_length", (uint)Number(config, "intermediate_size"));
        yield return ("stablelm.attention.head_count", (uint)Number(config, "num_attention_heads"));
        yield return ("stablelm.attention.head_count_kv", (uint)Number(config, "num_key_value_heads"));
        yield return ("stablelm.attention.layer_norm_epsilon", config.GetProperty("layer_norm_eps").GetSingle());
        yield return ("stablelm.rope.dimension_count", (uint)(headSize * config.GetProperty("partial_rotary_factor").GetDouble()));
        yield return ("stablelm.rope.freq_base", config.GetProperty("rope_theta").GetSingle());
        yield return ("stablelm.use_parallel_residual", config.GetProperty("use_parallel_residual").GetBoolean());
        yield return ("tokenizer.ggml.model", "gpt2");
        yield return ("tokenizer.ggml.pre", "default");
        yield return ("tokenizer.ggml.tokens", vocabulary.Select(token => token.Text).ToArray());
        yield return ("tokenizer.ggml.token_type", vocabulary.Select(token => token.Type).ToArray());
        yield return ("tokenizer.ggml.merges", new[] { "h e", "l l", "he ll", "hell o" });
        yield return ("tokenizer.ggml.bos_token_id", 0u);
        yield return ("tokenizer.ggml.eos_token_id", 0u);
    }

    /// <summary>The model's vocabulary is longer than the tokenizer's.</summary>
    private static List<(string Text, int Type)> Vocabulary(string checkpoint, int size)
    {
        using var tokenizer = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(checkpoint, "tokenizer.json")));
        var tokens = tokenizer.RootElement.GetProperty("model").GetProperty("vocab").EnumerateObject().ToDictionary(token => token.Value.GetInt32(), token => token.Name);
        return [.. Enumerable.Range(0, size).Select(id => tokens.TryGetValue(id, out var text) ? (text, id < 2 ? ControlToken : NormalToken) : ($"[PAD{id}]", UnusedToken))];
    }

    /// <summary>Shapes with the fastest dimension first.</summary>
    private static IEnumerable<(string Name, int[] Shape, float[] Values)> Tensors(JsonElement config, Dictionary<string, float[]> weights)
    {
        var (hidden, inner, heads) = (Number(config, "hidden_size"), Number(config, "intermediate_size"), Number(config, "num_attention_heads"));
        yield return Matrix("token_embd.weight", "model.embed_tokens.weight", hidden);
        yield return Matrix("output.weight", weights.ContainsKey("lm_head.weight") ? "lm_head.weight" : "model.embed_tokens.weight", hidden);
        yield return Vector("output_norm.weight", "model.norm.weight");
        yield return Vector("output_norm.bias", "model.norm.bias");
        for (var layer = 0; layer < Number(config, "num_hidden_layers"); layer++)
        {
            var (from, to) = ($"model.layers.{layer}", $"blk.{layer}");
            foreach (var part in new[] { "weight", "bias" })
            {
                yield return Vector($"{to}.attn_norm.{part}", $"{from}.input_layernorm.{part}");
                if (weights.ContainsKey($"{from}.post_attention_layernorm.{part}"))
                {
                    yield return Vector($"{to}.ffn_norm.{part}", $"{from}.post_attention_layernorm.{part}");
                }
            }

            foreach (var letter in "qkv")
            {
                yield return Matrix($"{to}.attn_{letter}.weight", $"{from}.self_attn.{letter}_proj.weight", hidden);
                if (weights.ContainsKey($"{from}.self_attn.{letter}_proj.bias"))
                {
                    yield return Vector($"{to}.attn_{letter}.bias", $"{from}.self_attn.{letter}_proj.bias");
                }

                var norms = Enumerable.Range(0, heads).Select(head => $"{from}.self_attn.{letter}_layernorm.norms.{head}.weight").Where(weights.ContainsKey).ToList();
                if (norms.Count > 0)
                {
                    yield return ($"{to}.attn_{letter}_norm.weight", [hidden / heads, norms.Count], [.. norms.SelectMany(name => weights[name])]);
                }
            }

            yield return Matrix($"{to}.attn_output.weight", $"{from}.self_attn.o_proj.weight", hidden);
            yield return Matrix($"{to}.ffn_gate.weight", $"{from}.mlp.gate_proj.weight", hidden);
            yield return Matrix($"{to}.ffn_up.weight", $"{from}.mlp.up_proj.weight", hidden);
            yield return Matrix($"{to}.ffn_down.weight", $"{from}.mlp.down_proj.weight", inner);
        }

        (string, int[], float[]) Matrix(string name, string source, int columns) => (name, [columns, weights[source].Length / columns], weights[source]);

        (string, int[], float[]) Vector(string name, string source) => (name, [weights[source].Length], weights[source]);
    }

    private static int Number(JsonElement config, string key) => config.GetProperty(key).GetInt32();
}
