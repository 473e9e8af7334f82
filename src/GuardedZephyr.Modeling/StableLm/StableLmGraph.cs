using GuardedZephyr.Modeling.Onnx;
using GuardedZephyr.Modeling.Safetensors;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>
/// StableLM as an ONNX graph for the CPU: one MatMul for queries, keys and values, GroupQueryAttention with rotary positions and an
/// in-place cache, SkipLayerNormalization for residual and norm, a SiLU-gated MLP, and logits for the last token only.
/// </summary>
internal sealed class StableLmGraph
{
    private readonly StableLmConfig _config;
    private readonly OnnxGraph _graph = new("stablelm");
    private readonly StableLmWeights _weights;
    private readonly RotaryLayout _rotary;

    private StableLmGraph(StableLmConfig config, SafetensorsReader checkpoint, ExportPrecision precision)
    {
        _config = config;
        _rotary = new RotaryLayout(config.HeadSize, config.RotaryWidth);
        _weights = new StableLmWeights(checkpoint, config, _rotary, precision, _graph);
    }

    public static OnnxGraph Create(StableLmConfig config, SafetensorsReader checkpoint, ExportPrecision precision)
    {
        var builder = new StableLmGraph(config, checkpoint, precision);
        builder.Build();
        return builder._graph;
    }

    private void Build()
    {
        var ids = _graph.Input("input_ids", OnnxType.I64, "batch", "sequence");
        var mask = _graph.Input("attention_mask", OnnxType.I64, "batch", "total");
        var (lastPosition, totalLength) = Lengths(mask);
        var (cos, sin) = Caches();
        var table = _weights.Table("model.embed_tokens.weight", _config.Vocabulary, _config.Hidden);
        var residual = _weights.Widened(_graph.Node("Gather", [table, ids], "embeddings"));
        var normed = FirstNorm(residual);
        for (var layer = 0; layer < _config.Layers; layer++)
        {
            var attention = Attention(layer, normed, [lastPosition, totalLength, cos, sin]);
            (normed, residual) = SkipNorm(residual, attention, $"model.layers.{layer}.post_attention_layernorm", $"attention_{layer}");
            var mlp = Mlp(layer, normed);
            var next = layer + 1 < _config.Layers ? $"model.layers.{layer + 1}.input_layernorm" : "model.norm";
            (normed, residual) = SkipNorm(residual, mlp, next, $"mlp_{layer}");
        }

        Head(normed, table);
    }

    /// <summary>What GroupQueryAttention wants to know of the mask: the last token's position in each row, and the longest row.</summary>
    private (string LastPosition, string TotalLength) Lengths(string mask)
    {
        var one = _graph.Initializer("one", [1], 1L);
        var lengths = _graph.Node("ReduceSum", [mask, one], "lengths", ("keepdims", 0));
        var last = _graph.Node("Cast", [_graph.Node("Sub", [lengths, one], "last_position_i64")], "last_position", ("to", (long)OnnxType.I32));
        var total = _graph.Node("Gather", [_graph.Node("Shape", [mask], "mask_shape"), _graph.Initializer("total_axis", [], 1L)], "total_i64");
        return (last, _graph.Node("Cast", [total], "total_length", ("to", (long)OnnxType.I32)));
    }

    private (string Cos, string Sin) Caches()
    {
        var (cos, sin) = _rotary.Caches(_config.ContextLength, _config.RopeTheta);
        long[] shape = [_config.ContextLength, _rotary.CacheWidth];
        return (_graph.Initializer(OnnxTensor.Create("cos_cache", shape, cos)), _graph.Initializer(OnnxTensor.Create("sin_cache", shape, sin)));
    }

    private string FirstNorm(string residual)
    {
        const string Name = "model.layers.0.input_layernorm";
        return _graph.Node(
            "LayerNormalization", [residual, _weights.Vector($"{Name}.weight"), _weights.Vector($"{Name}.bias")], "first_norm", ("axis", -1), ("epsilon", _config.Epsilon));
    }

    /// <summary>residual + update, and its norm.</summary>
    private (string Normed, string Residual) SkipNorm(string residual, string update, string norm, string name)
    {
        var sum = $"{name}_residual";
        var normed = _graph.Node(new OnnxNode(
            "SkipLayerNormalization",
            [residual, update, _weights.Vector($"{norm}.weight"), _weights.Vector($"{norm}.bias")],
            [$"{name}_normed", "", "", sum])
        {
            Domain = OnnxGraph.Microsoft,
            Attributes = [("epsilon", _config.Epsilon)],
        });
        return (normed, sum);
    }

    private string Attention(int layer, string normed, string[] shared)
    {
        OnnxDimension[] cache = ["batch", _config.KeyValueHeads, "cache", _config.HeadSize];
        var key = _graph.Input($"past_key_values.{layer}.key", OnnxType.F32, cache);
        var value = _graph.Input($"past_key_values.{layer}.value", OnnxType.F32, cache);
        var (presentKey, presentValue) = ($"present.{layer}.key", $"present.{layer}.value");
        _graph.Output(presentKey, OnnxType.F32, cache);
        _graph.Output(presentValue, OnnxType.F32, cache);
        var prefix = $"model.layers.{layer}.self_attn";
        var packed = _graph.Node("MatMul", [normed, _weights.QueryKeyValue(prefix, layer)], $"qkv_{layer}");
        var mixed = _graph.Node(new OnnxNode("GroupQueryAttention", [packed, "", "", key, value, .. shared], [$"mixed_{layer}", presentKey, presentValue])
        {
            Domain = OnnxGraph.Microsoft,
            Attributes = [("num_heads", _config.Heads), ("kv_num_heads", _config.KeyValueHeads), ("do_rotary", 1), ("rotary_interleaved", 0)],
        });
        return _graph.Node("MatMul", [mixed, _weights.Matrix($"{prefix}.o_proj.weight", _config.Hidden, _config.Hidden)], $"attention_{layer}");
    }

    /// <summary>down(silu(gate(x)) · up(x)); ONNX Runtime fuses the Sigmoid and its Mul.</summary>
    private string Mlp(int layer, string normed)
    {
        var prefix = $"model.layers.{layer}.mlp";
        var gate = _graph.Node("MatMul", [normed, _weights.Matrix($"{prefix}.gate_proj.weight", _config.Intermediate, _config.Hidden)], $"gate_{layer}");
        var up = _graph.Node("MatMul", [normed, _weights.Matrix($"{prefix}.up_proj.weight", _config.Intermediate, _config.Hidden)], $"up_{layer}");
        var silu = _graph.Node("Mul", [gate, _graph.Node("Sigmoid", [gate], $"sigmoid_{layer}")], $"silu_{layer}");
        var gated = _graph.Node("Mul", [silu, up], $"gated_{layer}");
        return _graph.Node("MatMul", [gated, _weights.Matrix($"{prefix}.down_proj.weight", _config.Hidden, _config.Intermediate)], $"mlp_{layer}");
    }

    private void Head(string normed, string table)
    {
        var last = _graph.Node(
            "Slice",
            [normed, _graph.Initializer("last_from", [1], -1L), _graph.Initializer("last_to", [1], long.MaxValue), _graph.Initializer("last_axis", [1], 1L)],
            "last_hidden");
        var weights = _config.TiedEmbeddings
            ? _graph.Node("Transpose", [_weights.Widened(table)], "lm_head.tied", ("perm", new long[] { 1, 0 }))
            : _weights.Matrix("lm_head.weight", _config.Vocabulary, _config.Hidden);
        _graph.Node("MatMul", [last, weights], "logits");
        _graph.Output("logits", OnnxType.F32, "batch", 1, _config.Vocabulary);
    }
}
