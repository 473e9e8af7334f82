using GuardedZephyr.Modeling.Onnx;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>The attention of each layer, from the normed states to the output projection.</summary>
internal sealed class StableLmAttention
{
    private readonly StableLmConfig _config;
    private readonly StableLmWeights _weights;
    private readonly OnnxGraph _graph;
    private readonly OnnxType _type;
    private readonly bool _packed;
    private readonly bool _asksForPositions;
    private readonly bool _rotatesInside;
    private readonly RotaryLayout _rotary;
    private readonly HashSet<string> _shared = [];
    private string[] _lengths = [];
    private string[] _caches = [];
    private string _positions = "";

    public StableLmAttention(StableLmConfig config, StableLmWeights weights, OnnxGraph graph, ExportOptions options)
    {
        (_config, _weights, _graph) = (config, weights, graph);
        _type = options.IsHalf ? OnnxType.F16 : OnnxType.F32;
        _packed = options.Target != ExportTarget.DirectMl;
        _asksForPositions = options.Target == ExportTarget.DirectMl;
        _rotatesInside = !_asksForPositions && RotaryLayout.Fits(config.HeadSize);
        _rotary = _rotatesInside ? new RotaryLayout(config.HeadSize, config.RotaryWidth) : RotaryLayout.AsIs(config.HeadSize, config.RotaryWidth);
    }

    private int QueryWidth => _config.Heads * _config.HeadSize;

    private int KeyWidth => _config.KeyValueHeads * _config.HeadSize;

    /// <summary>What all layers share: the last token's position in each row, the longest row, the rotations.</summary>
    public void AddPositions(string ids, string mask)
    {
        var one = _graph.Initializer("one", [1], 1L);
        var lengths = _graph.Node("ReduceSum", [mask, one], "lengths", ("keepdims", 0));
        var last = _graph.Node("Cast", [_graph.Node("Sub", [lengths, one], "last_position_i64")], "last_position", ("to", (long)OnnxType.I32));
        var total = _graph.Node("Gather", [_graph.Node("Shape", [mask], "mask_shape"), _graph.Initializer("total_axis", [], 1L)], "total_i64");
        _lengths = [last, _graph.Node("Cast", [total], "total_length", ("to", (long)OnnxType.I32))];

        var (cos, sin) = _rotary.Caches(_config.ContextLength, _config.RopeTheta);
        long[] shape = [_config.ContextLength, _rotary.CacheWidth];
        _caches = [_weights.Constant("cos_cache", shape, cos), _weights.Constant("sin_cache", shape, sin)];
        if (!_rotatesInside)
        {
            _positions = _asksForPositions ? _graph.Input("position_ids", OnnxType.I64, "batch", "sequence") : Positions(ids, lengths, one);
        }
    }

    public string Add(int layer, string normed)
    {
        OnnxDimension[] cache = ["batch", _config.KeyValueHeads, "cache", _config.HeadSize];
        var key = _graph.Input($"past_key_values.{layer}.key", _type, cache);
        var value = _graph.Input($"past_key_values.{layer}.value", _type, cache);
        var (presentKey, presentValue) = ($"present.{layer}.key", $"present.{layer}.value");
        _graph.Output(presentKey, _type, cache);
        _graph.Output(presentValue, _type, cache);
        string[] rotation = _rotatesInside ? _caches : ["", ""];
        var mixed = _graph.Node(new OnnxNode("GroupQueryAttention", [.. QueryKeyValue(layer, normed), key, value, .. _lengths, .. rotation], [$"mixed_{layer}", presentKey, presentValue])
        {
            Domain = OnnxGraph.Microsoft,
            Attributes = [("num_heads", _config.Heads), ("kv_num_heads", _config.KeyValueHeads), ("do_rotary", _rotatesInside ? 1 : 0), ("rotary_interleaved", 0)],
        });
        var output = new WeightPart($"model.layers.{layer}.self_attn.o_proj.weight", _config.Hidden);
        return _weights.Multiply(mixed, $"attention_{layer}", output.Tensor, QueryWidth, output);
    }

    /// <summary>Position of each token of this run, from the lengths: length - tokens + index. Rows that are shorter than the run start at 0.</summary>
    private string Positions(string ids, string lengths, string one)
    {
        var zero = _graph.Initializer("zero", [], 0L);
        var count = _graph.Node("Gather", [_graph.Node("Shape", [ids], "ids_shape"), _graph.Initializer("sequence_axis", [], 1L)], "sequence_length");
        var range = _graph.Node("Range", [zero, count, _graph.Initializer("step", [], 1L)], "sequence_range");
        var first = _graph.Node("Max", [_graph.Node("Sub", [lengths, count], "first_position_raw"), zero], "first_position");
        return _graph.Node("Add", [_graph.Node("Unsqueeze", [first, one], "first_position_column"), range], "positions");
    }

    /// <summary>The first three inputs of GroupQueryAttention: q, k and v, or all in one and two that are left out.</summary>
    private string[] QueryKeyValue(int layer, string normed)
    {
        var order = _rotatesInside && _rotary.CacheWidth * 2 != _config.RotaryWidth ? _rotary.Sources : null;
        var (query, key, value) = (Part("q", QueryWidth, order), Part("k", KeyWidth, order), Part("v", KeyWidth, null));
        string[] states = _packed
            ? Projected($"qkv_{layer}", $"model.layers.{layer}.self_attn.qkv_proj", normed, query, key, value)
            : [.. Projected($"q_{layer}", Name(query), normed, query), .. Projected($"k_{layer}", Name(key), normed, key), .. Projected($"v_{layer}", Name(value), normed, value)];
        if (_rotatesInside && !_config.QueryKeyNorm)
        {
            return _packed ? [states[0], "", ""] : states;
        }

        if (_packed)
        {
            states = Split(layer, states[0]);
        }

        return [Prepared(layer, "q", states[0], _config.Heads), Prepared(layer, "k", states[1], _config.KeyValueHeads), states[2]];

        WeightPart Part(string letter, int rows, IReadOnlyList<int>? rowOrder) => new($"model.layers.{layer}.self_attn.{letter}_proj.weight", rows, rowOrder);
        static string Name(WeightPart part) => part.Tensor[..^".weight".Length];
    }

    private string[] Projected(string output, string name, string normed, params IReadOnlyList<WeightPart> parts)
    {
        if (_config.QueryKeyValueBias != true)
        {
            return [_weights.Multiply(normed, output, $"{name}.weight", _config.Hidden, parts)];
        }

        var product = _weights.Multiply(normed, $"{output}_product", $"{name}.weight", _config.Hidden, parts);
        var bias = _weights.Vector($"{name}.bias", parts.Sum(part => part.Rows), [.. parts.Select(part => (part.Tensor[..^"weight".Length] + "bias", part.Rows, part.HeadOrder))]);
        return [_graph.Node("Add", [product, bias], output)];
    }

    private string[] Split(int layer, string packed)
    {
        var sizes = _graph.Initializer($"qkv_sizes_{layer}", [3], (long)QueryWidth, KeyWidth, KeyWidth);
        string[] parts = [$"q_{layer}", $"k_{layer}", $"v_{layer}"];
        _ = _graph.Node(new OnnxNode("Split", [packed, sizes], parts) { Attributes = [("axis", -1)] });
        return parts;
    }

    /// <summary>Queries or keys, normed by head and rotated where the model and the target ask for it.</summary>
    private string Prepared(int layer, string letter, string states, int heads)
    {
        if (_config.QueryKeyNorm)
        {
            states = Normed(layer, letter, states, heads);
        }

        if (_rotatesInside)
        {
            return states;
        }

        var partial = _config.RotaryWidth < _config.HeadSize;
        return _graph.Node(new OnnxNode("RotaryEmbedding", [states, _positions, .. _caches], [$"{letter}_rotated_{layer}"])
        {
            Domain = OnnxGraph.Microsoft,
            Attributes = [("interleaved", 0), ("rotary_embedding_dim", partial ? _config.RotaryWidth : 0), ("num_heads", partial ? heads : 0)],
        });
    }

    private string Normed(int layer, string letter, string states, int heads)
    {
        var size = _config.HeadSize;
        var prefix = $"model.layers.{layer}.self_attn.{letter}_layernorm";
        var ones = Shared("head_ones", () => _weights.Constant("head_ones", [size], [.. Enumerable.Repeat(1f, size)]));
        var apart = Shared($"{letter}_heads", () => _graph.Initializer($"{letter}_heads", [4], 0L, 0L, heads, size));
        var together = Shared($"{letter}_flat", () => _graph.Initializer($"{letter}_flat", [3], 0L, 0L, (long)heads * size));
        var weights = _weights.Vector(
            prefix, heads * size, [.. Enumerable.Range(0, heads).Select(head => ($"{prefix}.norms.{head}.weight", size, _rotatesInside ? _rotary.Sources : null))]);
        var split = _graph.Node("Reshape", [states, apart], $"{letter}_split_{layer}");
        var normed = _graph.Node("LayerNormalization", [split, ones], $"{letter}_normed_{layer}", ("axis", -1), ("epsilon", _config.Epsilon));
        return _graph.Node("Mul", [_graph.Node("Reshape", [normed, together], $"{letter}_joined_{layer}"), weights], $"{letter}_scaled_{layer}");
    }

    private string Shared(string name, Func<string> create) => _shared.Add(name) ? create() : name;
}
