using System.Text.Json.Nodes;
using GuardedZephyr.Modeling.Safetensors;
using GuardedZephyr.Tests.Inference.Tokenization;

namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>A Hugging Face folder with a random StableLM of a few thousand weights.</summary>
internal sealed class TinyCheckpoint
{
    public const int Vocabulary = 300;
    private readonly TinyVariant _variant;
    private readonly Random _random;

    private TinyCheckpoint(string folder, TinyVariant variant, int seed) => (Folder, _variant, _random) = (folder, variant, new Random(seed));

    public string Folder { get; }

    private int Hidden => _variant.Heads * _variant.HeadSize;

    public static TinyCheckpoint Create(string folder, int headSize) => Create(folder, new TinyVariant { HeadSize = headSize });

    public static TinyCheckpoint Create(string folder, TinyVariant variant, int seed = 1)
    {
        Directory.CreateDirectory(folder);
        TinyTokenizer.Write(folder);
        var checkpoint = new TinyCheckpoint(folder, variant, seed);
        File.WriteAllText(Path.Combine(folder, "config.json"), checkpoint.Config().ToJsonString());
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), [.. checkpoint.Tensors()]);
        return checkpoint;
    }

    /// <param name="stored">What storing does to a matrix: its name, rows of so many columns.</param>
    public StableLmReference Reference(Func<string, float[], int, float[]>? stored = null)
    {
        var shape = ReferenceShape.Read(Path.Combine(Folder, "config.json")) with { Bias = _variant.Bias };
        var values = ReferenceWeights.Read(Folder);
        if (_variant.Tied)
        {
            values.Add("lm_head.weight", values["model.embed_tokens.weight"]);
        }

        return new StableLmReference(shape, name => stored is null || name.Contains("norm", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal)
            ? values[name]
            : stored(name, values[name], name.Contains("down_proj", StringComparison.Ordinal) ? _variant.Intermediate : Hidden));
    }

    /// <summary>Rewrites a file of the folder.</summary>
    public void Edit(string file, Func<string, string> change)
    {
        var path = Path.Combine(Folder, file);
        File.WriteAllText(path, change(File.ReadAllText(path)));
    }

    private JsonObject Config()
    {
        var config = new JsonObject
        {
            ["architectures"] = new JsonArray(_variant.Keys == TinyKeys.Epoch ? "StableLMEpochForCausalLM" : "StableLmForCausalLM"),
            ["vocab_size"] = Vocabulary,
            ["hidden_size"] = Hidden,
            ["intermediate_size"] = _variant.Intermediate,
            ["num_hidden_layers"] = 2,
            ["num_attention_heads"] = _variant.Heads,
            ["num_key_value_heads"] = _variant.KeyValueHeads,
            ["tie_word_embeddings"] = _variant.Tied,
            ["max_position_embeddings"] = 64,
            ["eos_token_id"] = 0,
            [_variant.Keys == TinyKeys.Epoch ? "norm_eps" : "layer_norm_eps"] = 1e-5,
        };
        var rope = config;
        if (_variant.Keys == TinyKeys.RopeParameters)
        {
            rope = new JsonObject { ["rope_type"] = "default" };
            config["rope_parameters"] = rope;
        }

        rope["rope_theta"] = 10000;
        rope[_variant.Keys == TinyKeys.Epoch ? "rope_pct" : "partial_rotary_factor"] = _variant.RotaryShare;
        if (_variant.Keys != TinyKeys.Epoch)
        {
            (config["use_qkv_bias"], config["use_parallel_residual"], config["qk_layernorm"]) = (_variant.Bias, _variant.Parallel, _variant.Parallel);
        }

        return config;
    }

    private IEnumerable<(string Name, long[] Shape, float[] Values)> Tensors()
    {
        yield return Matrix("model.embed_tokens.weight", Vocabulary, Hidden);
        if (!_variant.Tied)
        {
            yield return Matrix("lm_head.weight", Vocabulary, Hidden);
        }

        for (var layer = 0; layer < 2; layer++)
        {
            foreach (var tensor in Layer($"model.layers.{layer}"))
            {
                yield return tensor;
            }
        }

        foreach (var norm in Norms("model.norm"))
        {
            yield return norm;
        }
    }

    private IEnumerable<(string Name, long[] Shape, float[] Values)> Layer(string prefix)
    {
        foreach (var (letter, heads) in new[] { ("q", _variant.Heads), ("k", _variant.KeyValueHeads), ("v", _variant.KeyValueHeads) })
        {
            var rows = heads * _variant.HeadSize;
            yield return Matrix($"{prefix}.self_attn.{letter}_proj.weight", rows, Hidden);
            if (_variant.Bias)
            {
                yield return Vector($"{prefix}.self_attn.{letter}_proj.bias", rows, 0, 0.5f);
            }

            for (var head = 0; _variant.Parallel && letter != "v" && head < heads; head++)
            {
                yield return Vector($"{prefix}.self_attn.{letter}_layernorm.norms.{head}.weight", _variant.HeadSize, 1, 0.5f);
            }
        }

        yield return Matrix($"{prefix}.self_attn.o_proj.weight", Hidden, Hidden);
        yield return Matrix($"{prefix}.mlp.gate_proj.weight", _variant.Intermediate, Hidden);
        yield return Matrix($"{prefix}.mlp.up_proj.weight", _variant.Intermediate, Hidden);
        yield return Matrix($"{prefix}.mlp.down_proj.weight", Hidden, _variant.Intermediate);
        foreach (var norm in Norms($"{prefix}.input_layernorm").Concat(_variant.Parallel ? [] : Norms($"{prefix}.post_attention_layernorm")))
        {
            yield return norm;
        }
    }

    private (string, long[], float[])[] Norms(string name) => [Vector($"{name}.weight", Hidden, 1, 0.2f), Vector($"{name}.bias", Hidden, 0, 0.2f)];

    private (string, long[], float[]) Matrix(string name, int rows, int columns) => (name, [rows, columns], Values(rows * columns, 0, 0.15f));

    private (string, long[], float[]) Vector(string name, int count, float mean, float spread) => (name, [count], Values(count, mean, spread));

    /// <summary>Numbers that float16 holds too, so that models of both kinds have the same reference.</summary>
    private float[] Values(int count, float mean, float spread) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(Half)(mean + (spread * ((2 * _random.NextSingle()) - 1))))];
}
