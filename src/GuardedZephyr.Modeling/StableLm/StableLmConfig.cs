using System.Text.Json;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>The architecture, from a Hugging Face config.json.</summary>
public sealed record StableLmConfig
{
    public required int Vocabulary { get; init; }

    public required int Hidden { get; init; }

    public required int Intermediate { get; init; }

    public required int Layers { get; init; }

    public required int Heads { get; init; }

    public required int KeyValueHeads { get; init; }

    public required int ContextLength { get; init; }

    /// <summary>Leading dimensions of each head that are rotated by position; even.</summary>
    public required int RotaryWidth { get; init; }

    public required double RopeTheta { get; init; }

    public required float Epsilon { get; init; }

    public required bool TiedEmbeddings { get; init; }

    public required IReadOnlyList<int> EndIds { get; init; }

    public int? PaddingId { get; init; }

    public int HeadSize => Hidden / Heads;

    /// <exception cref="CheckpointException">The file is missing or describes a model that is not exported here.</exception>
    public static StableLmConfig Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var config = new Reader(path, document.RootElement).Read();
            config.Check(path);
            return config;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new CheckpointException(path, $"not a usable config.json ({e.Message})", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, "missing or unreadable; give the folder of a Hugging Face checkpoint", e);
        }
    }

    private void Check(string path)
    {
        if (Hidden % Heads != 0 || Heads % KeyValueHeads != 0 || RotaryWidth % 2 != 0 || RotaryWidth > HeadSize || RotaryWidth < 2)
        {
            throw new CheckpointException(path, "its head counts and sizes do not fit together");
        }
    }

    private sealed class Reader(string path, JsonElement root)
    {
        public StableLmConfig Read()
        {
            if (!root.GetProperty("architectures").EnumerateArray().Any(name => name.GetString() == "StableLmForCausalLM"))
            {
                throw new CheckpointException(path, "its architecture is not StableLmForCausalLM, the only one that is exported");
            }

            RefuseNotYet("use_qkv_bias");
            RefuseNotYet("use_parallel_residual");
            RefuseNotYet("qk_layernorm");
            if (root.TryGetProperty("rope_scaling", out var scaling) && scaling.ValueKind == JsonValueKind.Object)
            {
                throw new CheckpointException(path, "rope_scaling is not supported yet");
            }

            if (Optional("hidden_act")?.GetString() is { } activation and not "silu")
            {
                throw new CheckpointException(path, $"hidden_act is '{activation}'; StableLM models have 'silu'");
            }

            var (hidden, heads) = (Size("hidden_size"), Size("num_attention_heads"));
            return new StableLmConfig
            {
                Vocabulary = Size("vocab_size"),
                Hidden = hidden,
                Intermediate = Size("intermediate_size"),
                Layers = Size("num_hidden_layers"),
                Heads = heads,
                KeyValueHeads = Optional("num_key_value_heads")?.GetInt32() ?? heads,
                ContextLength = Size("max_position_embeddings"),
                RotaryWidth = (int)((Rope("partial_rotary_factor")?.GetDouble() ?? 0.25) * (hidden / heads)),
                RopeTheta = Rope("rope_theta")?.GetDouble() ?? 10000,
                Epsilon = Optional("layer_norm_eps")?.GetSingle() ?? 1e-5f,
                TiedEmbeddings = Optional("tie_word_embeddings")?.GetBoolean() ?? false,
                EndIds = EndIds(),
                PaddingId = Optional("pad_token_id")?.GetInt32(),
            };
        }

        private void RefuseNotYet(string key)
        {
            if (Optional(key)?.GetBoolean() == true)
            {
                throw new CheckpointException(path, $"{key} is not supported yet");
            }
        }

        private int[] EndIds()
        {
            var ids = root.GetProperty("eos_token_id");
            return ids.ValueKind == JsonValueKind.Array ? [.. ids.EnumerateArray().Select(id => id.GetInt32())] : [ids.GetInt32()];
        }

        private int Size(string key) => root.TryGetProperty(key, out var value) && value.TryGetInt32(out var size) && size is > 0 and <= 1 << 22
            ? size
            : throw new CheckpointException(path, $"{key} must be a positive whole number");

        /// <summary>At the top, or in rope_parameters as newer configurations have it.</summary>
        private JsonElement? Rope(string key) =>
            Optional(key) ?? (Optional("rope_parameters") is { } rope && rope.TryGetProperty(key, out var value) ? value : null);

        private JsonElement? Optional(string key) => root.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
