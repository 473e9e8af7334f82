using System.Text.Json.Nodes;

namespace GuardedZephyr.Modeling.RandomWeights;

/// <summary>The sizes of a StableLM model that random weights are made for.</summary>
public sealed record RandomShape
{
    public static readonly IReadOnlyList<RandomShape> All =
    [
        new() { Name = "3b", Vocabulary = 50304, Hidden = 2560, Intermediate = 6912, Layers = 32, Heads = 32, KeyValueHeads = 32, Context = 4096 },
        new() { Name = "1.6b", Vocabulary = 100352, Hidden = 2048, Intermediate = 5632, Layers = 24, Heads = 32, KeyValueHeads = 32, Context = 4096, QueryKeyValueBias = true },
        new() { Name = "12b-like", Vocabulary = 100352, Hidden = 5120, Intermediate = 13824, Layers = 40, Heads = 32, KeyValueHeads = 8, Context = 4096, Parallel = true },
        new() { Name = "nano", Vocabulary = 2560, Hidden = 192, Intermediate = 512, Layers = 4, Heads = 3, KeyValueHeads = 3, Context = 1024 },
    ];

    public required string Name { get; init; }

    public required int Vocabulary { get; init; }

    public required int Hidden { get; init; }

    public required int Intermediate { get; init; }

    public required int Layers { get; init; }

    public required int Heads { get; init; }

    public required int KeyValueHeads { get; init; }

    public required int Context { get; init; }

    public bool QueryKeyValueBias { get; init; }

    /// <summary>Parallel residual and norms of query and key heads, as StableLM 2 12B has both.</summary>
    public bool Parallel { get; init; }

    public bool TiedEmbeddings { get; init; }

    /// <summary>config.json.</summary>
    /// <param name="type">bfloat16, float16 or float32.</param>
    internal JsonObject Config(string type) => new()
    {
        ["architectures"] = new JsonArray("StableLmForCausalLM"),
        ["model_type"] = "stablelm",
        ["vocab_size"] = Vocabulary,
        ["hidden_size"] = Hidden,
        ["intermediate_size"] = Intermediate,
        ["num_hidden_layers"] = Layers,
        ["num_attention_heads"] = Heads,
        ["num_key_value_heads"] = KeyValueHeads,
        ["hidden_act"] = "silu",
        ["layer_norm_eps"] = 1e-5,
        ["partial_rotary_factor"] = 0.25,
        ["rope_theta"] = 10000,
        ["max_position_embeddings"] = Context,
        ["use_qkv_bias"] = QueryKeyValueBias,
        ["use_parallel_residual"] = Parallel,
        ["qk_layernorm"] = Parallel,
        ["tie_word_embeddings"] = TiedEmbeddings,
        ["bos_token_id"] = 0,
        ["eos_token_id"] = 0,
        ["pad_token_id"] = 1,
        ["torch_dtype"] = type,
    };

    /// <summary>Scaled so that normed states stay at a variance of 1 through a projection, and logits have one of about 2.</summary>
    internal IEnumerable<RandomTensor> Tensors()
    {
        yield return new RandomTensor("model.embed_tokens.weight", [Vocabulary, Hidden], 0, TiedEmbeddings ? 1.5f / MathF.Sqrt(Hidden) : 1);
        for (var layer = 0; layer < Layers; layer++)
        {
            foreach (var tensor in Layer($"model.layers.{layer}"))
            {
                yield return tensor;
            }
        }

        foreach (var tensor in Norm("model.norm"))
        {
            yield return tensor;
        }

        if (!TiedEmbeddings)
        {
            yield return Matrix("lm_head.weight", Vocabulary, Hidden, 1.5f);
        }
    }

    private IEnumerable<RandomTensor> Layer(string prefix)
    {
        var (size, attention) = (Hidden / Heads, $"{prefix}.self_attn");
        foreach (var (letter, heads) in new[] { ("q", Heads), ("k", KeyValueHeads), ("v", KeyValueHeads) })
        {
            yield return Matrix($"{attention}.{letter}_proj.weight", heads * size, Hidden, 1);
            if (QueryKeyValueBias)
            {
                yield return new RandomTensor($"{attention}.{letter}_proj.bias", [heads * size], 0, 0.1f);
            }

            for (var head = 0; Parallel && letter != "v" && head < heads; head++)
            {
                yield return new RandomTensor($"{attention}.{letter}_layernorm.norms.{head}.weight", [size], 1, 0.1f);
            }
        }

        yield return Matrix($"{attention}.o_proj.weight", Hidden, Hidden, 1);
        yield return Matrix($"{prefix}.mlp.gate_proj.weight", Intermediate, Hidden, 1);
        yield return Matrix($"{prefix}.mlp.up_proj.weight", Intermediate, Hidden, 1);
        yield return Matrix($"{prefix}.mlp.down_proj.weight", Hidden, Intermediate, 1);
        foreach (var tensor in Norm($"{prefix}.input_layernorm").Concat(Parallel ? [] : Norm($"{prefix}.post_attention_layernorm")))
        {
            yield return tensor;
        }
    }

    private static RandomTensor Matrix(string name, int rows, int columns, float gain) => new(name, [rows, columns], 0, gain / MathF.Sqrt(columns));

    private RandomTensor[] Norm(string name) => [new($"{name}.weight", [Hidden], 1, 0.1f), new($"{name}.bias", [Hidden], 0, 0.1f)];
}
