using System.Text.Json;
using GuardedZephyr.Modeling.Safetensors;
using GuardedZephyr.Modeling.StableLm;
using GuardedZephyr.Tests.Inference.Tokenization;

namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>A Hugging Face folder with a random StableLM of a few thousand weights.</summary>
internal sealed class TinyCheckpoint
{
    public const int Vocabulary = 300;
    private static readonly string[] Architectures = ["StableLmForCausalLM"];

    private TinyCheckpoint(string folder, StableLmConfig config, IReadOnlyList<(string Name, long[] Shape, float[] Values)> tensors) =>
        (Folder, Config, Tensors) = (folder, config, tensors);

    public string Folder { get; }

    public StableLmConfig Config { get; }

    public IReadOnlyList<(string Name, long[] Shape, float[] Values)> Tensors { get; }

    public static TinyCheckpoint Create(string folder, int headSize, int heads = 2, int keyValueHeads = 2, bool tied = false, int seed = 1)
    {
        Directory.CreateDirectory(folder);
        TinyTokenizer.Write(folder);
        WriteConfig(folder, headSize, heads, keyValueHeads, tied);
        var config = StableLmConfig.Read(Path.Combine(folder, "config.json"));
        var tensors = RandomTensors(config, new Random(seed)).ToList();
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), tensors);
        return new TinyCheckpoint(folder, config, tensors);
    }

    /// <param name="round">What storing does to a weight.</param>
    public StableLmReference Reference(Func<float, float>? round = null)
    {
        var values = Tensors.ToDictionary(
            tensor => tensor.Name,
            tensor => round is null || tensor.Shape.Length == 1 ? tensor.Values : Array.ConvertAll(tensor.Values, value => round(value)));
        return new StableLmReference(Config, name => values[name]);
    }

    /// <summary>Rewrites a file of the folder.</summary>
    public void Edit(string file, Func<string, string> change)
    {
        var path = Path.Combine(Folder, file);
        File.WriteAllText(path, change(File.ReadAllText(path)));
    }

    private static void WriteConfig(string folder, int headSize, int heads, int keyValueHeads, bool tied) =>
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["architectures"] = Architectures,
            ["vocab_size"] = Vocabulary,
            ["hidden_size"] = heads * headSize,
            ["intermediate_size"] = 96,
            ["num_hidden_layers"] = 2,
            ["num_attention_heads"] = heads,
            ["num_key_value_heads"] = keyValueHeads,
            ["partial_rotary_factor"] = 0.25,
            ["rope_theta"] = 10000,
            ["layer_norm_eps"] = 1e-5,
            ["use_qkv_bias"] = false,
            ["tie_word_embeddings"] = tied,
            ["max_position_embeddings"] = 64,
            ["eos_token_id"] = 0,
        }));

    private static IEnumerable<(string Name, long[] Shape, float[] Values)> RandomTensors(StableLmConfig config, Random random)
    {
        var (hidden, keys) = (config.Hidden, config.KeyValueHeads * config.HeadSize);
        yield return Matrix("model.embed_tokens.weight", config.Vocabulary, hidden);
        if (!config.TiedEmbeddings)
        {
            yield return Matrix("lm_head.weight", config.Vocabulary, hidden);
        }

        foreach (var norm in Norms("model.norm"))
        {
            yield return norm;
        }

        for (var layer = 0; layer < config.Layers; layer++)
        {
            var prefix = $"model.layers.{layer}";
            foreach (var norm in Norms($"{prefix}.input_layernorm").Concat(Norms($"{prefix}.post_attention_layernorm")))
            {
                yield return norm;
            }

            yield return Matrix($"{prefix}.self_attn.q_proj.weight", hidden, hidden);
            yield return Matrix($"{prefix}.self_attn.k_proj.weight", keys, hidden);
            yield return Matrix($"{prefix}.self_attn.v_proj.weight", keys, hidden);
            yield return Matrix($"{prefix}.self_attn.o_proj.weight", hidden, hidden);
            yield return Matrix($"{prefix}.mlp.gate_proj.weight", config.Intermediate, hidden);
            yield return Matrix($"{prefix}.mlp.up_proj.weight", config.Intermediate, hidden);
            yield return Matrix($"{prefix}.mlp.down_proj.weight", hidden, config.Intermediate);
        }

        (string, long[], float[]) Matrix(string name, int rows, int columns) => (name, [rows, columns], Values(rows * columns, 0, 0.15f));

        IEnumerable<(string, long[], float[])> Norms(string name) =>
            [($"{name}.weight", [hidden], Values(hidden, 1, 0.2f)), ($"{name}.bias", [hidden], Values(hidden, 0, 0.2f))];

        float[] Values(int count, float mean, float spread) =>
            [.. Enumerable.Range(0, count).Select(_ => mean + (spread * ((2 * random.NextSingle()) - 1)))];
    }
}
