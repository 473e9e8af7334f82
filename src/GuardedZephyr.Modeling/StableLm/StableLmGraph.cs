using GuardedZephyr.Modeling.Onnx;
using GuardedZephyr.Modeling.Safetensors;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>
/// StableLM as an ONNX graph: GroupQueryAttention with an in-place cache, SkipLayerNormalization for residual and norm, a SiLU-gated
/// MLP, and logits for the last token only. What differs between the targets is in <see cref="ExportTarget"/>.
/// </summary>
internal sealed class StableLmGraph
{
    private readonly StableLmConfig _config;
    private readonly OnnxGraph _graph;
    private readonly OnnxType _type;
    private readonly StableLmWeights _weights;
    private readonly StableLmAttention _attention;
    private readonly bool _packed;

    private StableLmGraph(StableLmConfig config, StableLmWeights weights, OnnxGraph graph, ExportOptions options)
    {
        (_config, _weights, _graph) = (config, weights, graph);
        _type = options.IsHalf ? OnnxType.F16 : OnnxType.F32;
        _packed = options.Target != ExportTarget.DirectMl;
        _attention = new StableLmAttention(config, weights, graph, options);
    }

    /// <param name="folder">The checkpoint's, for messages.</param>
    public static OnnxGraph Create(StableLmConfig config, Checkpoint checkpoint, string folder, ExportOptions options)
    {
        var graph = new OnnxGraph("stablelm");
        new StableLmGraph(config, new StableLmWeights(checkpoint, folder, config, options, graph), graph, options).Build();
        return graph;
    }

    private void Build()
    {
        var ids = _graph.Input("input_ids", OnnxType.I64, "batch", "sequence");
        var mask = _graph.Input("attention_mask", OnnxType.I64, "batch", "total");
        _attention.AddPositions(ids, mask);
        var table = _weights.Table("model.embed_tokens.weight");
        var residual = _weights.Computed(_graph.Node("Gather", [table, ids], "embeddings"));
        var normed = FirstNorm(residual);
        for (var layer = 0; layer < _config.Layers; layer++)
        {
            (normed, residual) = Layer(layer, normed, residual);
        }

        Head(normed);
    }

    private (string Normed, string Residual) Layer(int layer, string normed, string residual)
    {
        var prefix = $"model.layers.{layer}";
        var next = layer + 1 < _config.Layers ? $"model.layers.{layer + 1}.input_layernorm" : "model.norm";
        var attention = _attention.Add(layer, normed);
        if (_config.ParallelResidual)
        {
            return SkipNorm(residual, _graph.Node("Add", [attention, Mlp(layer, normed)], $"parallel_{layer}"), next, $"mlp_{layer}");
        }

        (normed, residual) = SkipNorm(residual, attention, $"{prefix}.post_attention_layernorm", $"attention_{layer}");
        return SkipNorm(residual, Mlp(layer, normed), next, $"mlp_{layer}");
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

    /// <summary>down(silu(gate(x)) · up(x)); ONNX Runtime fuses the Sigmoid and its Mul.</summary>
    private string Mlp(int layer, string normed)
    {
        var prefix = $"model.layers.{layer}.mlp";
        var (gate, up) = GateAndUp(layer, normed, new($"{prefix}.gate_proj.weight", _config.Intermediate), new($"{prefix}.up_proj.weight", _config.Intermediate));
        var silu = _graph.Node("Mul", [gate, _graph.Node("Sigmoid", [gate], $"sigmoid_{layer}")], $"silu_{layer}");
        var gated = _graph.Node("Mul", [silu, up], $"gated_{layer}");
        return _weights.Multiply(gated, $"mlp_{layer}", $"{prefix}.down_proj.weight", _config.Intermediate, new WeightPart($"{prefix}.down_proj.weight", _config.Hidden));
    }

    private (string Gate, string Up) GateAndUp(int layer, string normed, WeightPart gate, WeightPart up)
    {
        if (!_packed)
        {
            return (_weights.Multiply(normed, $"gate_{layer}", gate.Tensor, _config.Hidden, gate), _weights.Multiply(normed, $"up_{layer}", up.Tensor, _config.Hidden, up));
        }

        var both = _weights.Multiply(normed, $"gate_up_{layer}", $"model.layers.{layer}.mlp.gate_up_proj.weight", _config.Hidden, gate, up);
        _ = _graph.Node(new OnnxNode("Split", [both], [$"gate_{layer}", $"up_{layer}"]) { Attributes = [("axis", -1), ("num_outputs", 2)] });
        return ($"gate_{layer}", $"up_{layer}");
    }

    private void Head(string normed)
    {
        var last = _graph.Node(
            "Slice",
            [normed, _graph.Initializer("last_from", [1], -1L), _graph.Initializer("last_to", [1], long.MaxValue), _graph.Initializer("last_axis", [1], 1L)],
            "last_hidden");
        var name = _config.TiedEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight";
        _ = _weights.Multiply(last, "logits", "lm_head", _config.Hidden, new WeightPart(name, _config.Vocabulary));
        _graph.Output("logits", _type, "batch", 1, _config.Vocabulary);
    }
}
