using System.Text.Json;

namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>What the reference wants to know of config.json, read without the exporter.</summary>
internal sealed record ReferenceShape
{
    public required int Hidden { get; init; }

    public required int Layers { get; init; }

    public required int Heads { get; init; }

    public required int KeyValueHeads { get; init; }

    public required int RotaryWidth { get; init; }

    public double RopeTheta { get; init; } = 10000;

    public double Epsilon { get; init; } = 1e-5;

    public bool Bias { get; init; }

    public bool Parallel { get; init; }

    public bool HeadNorms { get; init; }

    public int HeadSize => Hidden / Heads;

    public static ReferenceShape Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        var rope = root.TryGetProperty("rope_parameters", out var section) ? section : root;
        var share = root.TryGetProperty("rope_pct", out var old) ? old : rope.GetProperty("partial_rotary_factor");
        var (hidden, heads) = (root.GetProperty("hidden_size").GetInt32(), root.GetProperty("num_attention_heads").GetInt32());
        return new ReferenceShape
        {
            Hidden = hidden,
            Layers = root.GetProperty("num_hidden_layers").GetInt32(),
            Heads = heads,
            KeyValueHeads = root.GetProperty("num_key_value_heads").GetInt32(),
            RotaryWidth = (int)(share.GetDouble() * (hidden / heads)),
            RopeTheta = rope.GetProperty("rope_theta").GetDouble(),
            Epsilon = (root.TryGetProperty("norm_eps", out var epsilon) ? epsilon : root.GetProperty("layer_norm_eps")).GetDouble(),
            Bias = Flag("use_qkv_bias"),
            Parallel = Flag("use_parallel_residual"),
            HeadNorms = Flag("qk_layernorm"),
        };

        bool Flag(string key) => root.TryGetProperty(key, out var value) && value.GetBoolean();
    }
}
