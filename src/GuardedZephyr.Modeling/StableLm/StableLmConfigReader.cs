using System.Text.Json;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>
/// Reads config.json. The first StableLM models came with code of their own (StableLMEpochForCausalLM), which names some keys otherwise:
/// rope_pct, norm_eps. Newer configurations keep the rotary keys in rope_parameters.
/// </summary>
internal sealed class StableLmConfigReader
{
    private static readonly string[] Architectures = ["StableLmForCausalLM", "StableLMEpochForCausalLM"];

    private readonly string _path;
    private readonly JsonElement _root;

    private StableLmConfigReader(string path, JsonElement root) => (_path, _root) = (path, root);

    public static StableLmConfig Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return new StableLmConfigReader(path, document.RootElement).Read();
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

    private StableLmConfig Read()
    {
        RefuseOtherModels();
        var (hidden, heads) = (Size("hidden_size"), Size("num_attention_heads"));
        var config = new StableLmConfig
        {
            Vocabulary = Size("vocab_size"),
            Hidden = hidden,
            Intermediate = Size("intermediate_size"),
            Layers = Size("num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = Optional("num_key_value_heads") is null ? heads : Size("num_key_value_heads"),
            ContextLength = Size("max_position_embeddings"),
            RotaryWidth = (int)((Rope("partial_rotary_factor", "rope_pct")?.GetDouble() ?? 0.25) * (hidden / heads)),
            RopeTheta = Rope("rope_theta")?.GetDouble() ?? 10000,
            Epsilon = (Optional("layer_norm_eps") ?? Optional("norm_eps"))?.GetSingle() ?? 1e-5f,
            TiedEmbeddings = Flag("tie_word_embeddings") ?? false,
            EndIds = EndIds(),
            PaddingId = Optional("pad_token_id")?.GetInt32(),
            QueryKeyValueBias = Flag("use_qkv_bias"),
            ParallelResidual = Flag("use_parallel_residual") ?? false,
            QueryKeyNorm = Flag("qk_layernorm") ?? false,
        };
        Check(config);
        return config;
    }

    private void RefuseOtherModels()
    {
        var names = _root.GetProperty("architectures").EnumerateArray().Select(name => name.GetString()).ToList();
        if (!names.Exists(Architectures.Contains))
        {
            throw new CheckpointException(_path, $"its architecture is {string.Join(", ", names)}; {string.Join(" and ", Architectures)} are exported");
        }

        if (Optional("hidden_act")?.GetString() is { } activation and not "silu")
        {
            throw new CheckpointException(_path, $"hidden_act is '{activation}'; StableLM models have 'silu'");
        }

        foreach (var section in new[] { "rope_scaling", "rope_parameters" })
        {
            if (RopeType(section) is { } type and not "default")
            {
                throw new CheckpointException(_path, $"{section} asks for '{type}' positions; only the default ones are exported");
            }
        }

        if (Optional("rotary_scaling_factor")?.GetDouble() is { } factor and not 1)
        {
            throw new CheckpointException(_path, $"rotary_scaling_factor is {factor}; only 1 is exported");
        }
    }

    private string? RopeType(string section) => Optional(section) is { ValueKind: JsonValueKind.Object } rope
        ? rope.TryGetProperty("rope_type", out var type) || rope.TryGetProperty("type", out type) ? type.GetString() : section == "rope_scaling" ? "scaled" : null
        : null;

    private void Check(StableLmConfig config)
    {
        var (hidden, heads, rotary) = (config.Hidden, config.Heads, config.RotaryWidth);
        if (hidden % heads != 0 || heads % config.KeyValueHeads != 0 || rotary % 2 != 0 || rotary < 2 || rotary > config.HeadSize)
        {
            throw new CheckpointException(_path, "its head counts and sizes do not fit together");
        }

        if (config.HeadSize % 8 != 0)
        {
            throw new CheckpointException(_path, $"its heads are {config.HeadSize} wide; attention in ONNX Runtime takes multiples of 8");
        }

        if (config.EndIds.Count == 0 || config.EndIds.Any(id => id < 0 || id >= config.Vocabulary))
        {
            throw new CheckpointException(_path, "eos_token_id is not an id of the vocabulary");
        }
    }

    private int[] EndIds()
    {
        var ids = _root.GetProperty("eos_token_id");
        return ids.ValueKind == JsonValueKind.Array ? [.. ids.EnumerateArray().Select(id => id.GetInt32())] : [ids.GetInt32()];
    }

    private int Size(string key) => _root.TryGetProperty(key, out var value) && value.TryGetInt32(out var size) && size is > 0 and <= 1 << 22
        ? size
        : throw new CheckpointException(_path, $"{key} must be a positive whole number");

    private bool? Flag(string key) => Optional(key)?.GetBoolean();

    private JsonElement? Rope(params string[] keys) => keys.Select(key => Optional(key)).FirstOrDefault(value => value is not null)
        ?? (Optional("rope_parameters") is { } rope && rope.TryGetProperty(keys[0], out var inside) ? inside : null);

    private JsonElement? Optional(string key) => _root.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
