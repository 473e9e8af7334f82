using GuardedZephyr.Classification;
using GuardedZephyr.Modeling.Onnx;
using static TorchSharp.torch;

namespace GuardedZephyr.Training.Harm;

/// <summary>
/// Writes a trained network over words as ONNX: the table in 8 bits with a scale for each dimension, convolutions over the words of a passage once, pooling for each window
/// of it, the calibration in the last layer.
/// </summary>
internal sealed class HarmGraph
{
    private const float Absent = -1e4f;

    private readonly OnnxGraph _graph = new("harm-classifier");
    private readonly TextNetwork _network;
    private readonly long _dimensions;

    private HarmGraph(TextNetwork network) => (_network, _dimensions) = (network, network.Table.Dimensions);

    /// <summary>Rounds the network's table to what 8 bits hold, so that everything measured from here on is measured on the shipped weights.</summary>
    public static void Quantise(TextNetwork network)
    {
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        var scales = Scales(network);
        network.Table.Weight.copy_(network.Table.Weight.div(scales).round().clamp(-127, 127).mul(scales));
    }

    public static void Save(TextNetwork network, IReadOnlyList<Calibration> calibrations, string path)
    {
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        var graph = new HarmGraph(network);
        var words = graph.Convolutions(graph.Vectors());
        graph.Scores(graph.Pooled(words), calibrations);
        OnnxFile.Save(graph._graph, path);
    }

    /// <summary>[words, dimensions]: each word's row and the mean of those of its n-grams.</summary>
    private string Vectors()
    {
        var scales = Scales(_network);
        var quantised = _network.Table.Weight.div(scales).round().to(int8).data<sbyte>().ToArray();
        var table = _graph.Initializer("table", [_network.Table.Weight.shape[0], _dimensions], quantised);
        var own = Rows(table, _graph.Input(WindowScorer.WordsInput, OnnxType.I32, "words"), "own");
        var ngrams = Rows(table, _graph.Input(WindowScorer.NgramsInput, OnnxType.I32, "ngrams"), "parts");
        var places = _graph.Input(WindowScorer.NgramWordsInput, OnnxType.I64, "ngrams", 1);
        var shares = _graph.Input(WindowScorer.NgramSharesInput, OnnxType.F32, "words", 1);
        var zeros = _graph.Node("Sub", [own, own], "zeros");
        var sums = _graph.Node("ScatterND", [zeros, places, ngrams], "part_sums", ("reduction", "add"));
        var both = _graph.Node("Add", [own, _graph.Node("Mul", [sums, shares], "part_means")], "both");
        return _graph.Node("Mul", [both, _graph.Initializer("scales", [1L, _dimensions], Floats(scales))], "vectors");
    }

    private string Rows(string table, string indices, string name) =>
        _graph.Node("Cast", [_graph.Node("Gather", [table, indices], $"{name}_bytes")], name, ("to", (long)OnnxType.F32));

    private string Convolutions(string vectors)
    {
        var edge = _graph.Initializer("edge", [1L, _dimensions], new float[_dimensions]);
        var (zero, one, minusOne, end) = (Index("zero", 0), Index("one", 1), Index("minus_one", -1), Index("end", long.MaxValue));
        foreach (var (i, layer) in _network.Convolutions.Index())
        {
            var before = _graph.Node("Concat", [edge, _graph.Node("Slice", [vectors, zero, minusOne, zero], $"all_but_last_{i}")], $"before_{i}", ("axis", 0L));
            var behind = _graph.Node("Concat", [_graph.Node("Slice", [vectors, one, end, zero], $"all_but_first_{i}"), edge], $"behind_{i}", ("axis", 0L));
            var neighbours = _graph.Node("Concat", [before, vectors, behind], $"neighbours_{i}", ("axis", 1L));
            var active = _graph.Node("Relu", [Linear(neighbours, layer.weight, layer.bias!, $"convolution_{i}")], $"active_{i}");
            vectors = _graph.Node("Add", [vectors, active], $"vectors_{i + 1}");
        }

        return vectors;
    }

    /// <summary>[windows, 2 * dimensions]: the weighted mean of each head and the maximum.</summary>
    private string Pooled(string words)
    {
        var places = _graph.Input(WindowScorer.PlacesInput, OnnxType.I32, "windows", "places");
        var gates = Linear(words, _network.Gates.weight, _network.Gates.bias!, "gates");
        var inWindows = Gathered(words, places, _dimensions, "in_windows");
        var weights = _graph.Node("Softmax", [Gathered(gates, places, TextNetwork.Heads, "window_gates")], "weights", ("axis", 1L));
        var heads = _graph.Node("Reshape", [inWindows, _graph.Initializer("by_head", [4L], 0L, 0L, TextNetwork.Heads, _dimensions / TextNetwork.Heads)], "heads");
        var weighted = _graph.Node("Mul", [heads, _graph.Node("Unsqueeze", [weights, Index("last", -1)], "head_weights")], "weighted");
        var mean = _graph.Node("Reshape", [Reduced("ReduceSum", weighted, "mean_by_head"), _graph.Initializer("flat", [2L], 0L, _dimensions)], "mean");
        return _graph.Node("Concat", [mean, Reduced("ReduceMax", inWindows, "max")], "pooled", ("axis", 1L));
    }

    /// <summary>The rows of each window's words, and for the places that it has not a row that counts nowhere.</summary>
    private string Gathered(string rows, string places, long width, string name)
    {
        var absent = _graph.Initializer($"{name}_absent", [1L, width], [.. Enumerable.Repeat(Absent, (int)width)]);
        return _graph.Node("Gather", [_graph.Node("Concat", [rows, absent], $"{name}_rows", ("axis", 0L)), places], name);
    }

    private string Reduced(string op, string input, string name) => _graph.Node(op, [input, _graph.Initializer($"{name}_axis", [1L], 1L)], name, ("keepdims", 0L));

    private void Scores(string pooled, IReadOnlyList<Calibration> calibrations)
    {
        var inner = _graph.Node("Relu", [Linear(pooled, _network.Hidden.weight, _network.Hidden.bias!, "hidden")], "inner");
        var slopes = tensor(calibrations.Select(calibration => (float)calibration.Slope).ToArray());
        var shifts = tensor(calibrations.Select(calibration => (float)calibration.Shift).ToArray());
        var logits = Linear(inner, _network.Output.weight.mul(slopes.unsqueeze(1)), _network.Output.bias!.sub(shifts).mul(slopes), "output");
        _graph.Node("Sigmoid", [logits], WindowScorer.ScoresOutput);
        _graph.Output(WindowScorer.ScoresOutput, OnnxType.F32, "windows", calibrations.Count);
    }

    private string Linear(string input, Tensor weight, Tensor bias, string name) => _graph.Node(
        "Gemm",
        [input, _graph.Initializer($"{name}_weight", [.. weight.shape], Floats(weight)), _graph.Initializer($"{name}_bias", [.. bias.shape], Floats(bias))],
        name,
        ("transB", 1L));

    private string Index(string name, long value) => _graph.Initializer(name, [1L], value);

    private static Tensor Scales(TextNetwork network) => network.Table.Weight.abs().amax(0).div(127).clamp_min(1e-12);

    private static float[] Floats(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
