using GuardedZephyr.Classification;
using GuardedZephyr.Modeling.Onnx;
using static TorchSharp.torch;

namespace GuardedZephyr.Training.Harm;

/// <summary>Writes a trained network as ONNX: the table in 8 bits with a scale for each dimension, the calibration in the last layer.</summary>
internal static class HarmGraph
{
    /// <summary>Rounds the network's table to what 8 bits hold, so that everything measured from here on is measured on the shipped weights.</summary>
    public static void Quantise(BagNetwork network)
    {
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        var scales = Scales(network);
        network.Table.copy_(network.Table.div(scales).round().clamp(-127, 127).mul(scales));
    }

    public static void Save(BagNetwork network, IReadOnlyList<Calibration> calibrations, string path)
    {
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        var (buckets, dimensions) = (network.Table.shape[0], network.Table.shape[1]);
        var (hidden, labels) = (network.Output.weight.shape[1], network.Output.weight.shape[0]);
        var scales = Scales(network);
        var table = network.Table.div(scales).round().to(int8).data<sbyte>().ToArray();

        var graph = new OnnxGraph("harm-classifier");
        var features = graph.Input(HarmClassifier.FeaturesInput, OnnxType.I32, "features");
        var rows = graph.Node("Gather", [graph.Initializer("table", [buckets, dimensions], table), features], "rows");
        var vectors = graph.Node("Cast", [rows], "vectors", ("to", (long)OnnxType.F32));
        var gates = graph.Node("Gather", [graph.Initializer("gates", [buckets, 1L], Floats(network.Gates)), features], "feature_gates");
        var weights = graph.Node("Softmax", [gates], "weights", ("axis", 0L));
        var weighted = graph.Node("MatMul", [graph.Node("Transpose", [weights], "weights_row"), vectors], "weighted");
        var pooled = graph.Node("Mul", [weighted, graph.Initializer("scales", [1L, dimensions], Floats(scales))], "pooled");
        var inner = graph.Node("Gemm", [pooled, graph.Initializer("hidden_weight", [hidden, dimensions], Floats(network.Hidden.weight)), graph.Initializer("hidden_bias", [hidden], Floats(network.Hidden.bias!))], "inner", ("transB", 1L));
        var active = graph.Node("Relu", [inner], "active");

        var slopes = tensor(calibrations.Select(calibration => (float)calibration.Slope).ToArray());
        var shifts = tensor(calibrations.Select(calibration => (float)calibration.Shift).ToArray());
        var weight = graph.Initializer("output_weight", [labels, hidden], Floats(network.Output.weight.mul(slopes.unsqueeze(1))));
        var bias = graph.Initializer("output_bias", [labels], Floats(network.Output.bias!.sub(shifts).mul(slopes)));
        var logits = graph.Node("Gemm", [active, weight, bias], "logits", ("transB", 1L));
        var scores = graph.Node("Sigmoid", [logits], "row_of_scores");
        graph.Node("Squeeze", [scores, graph.Initializer("first_axis", [1L], 0L)], HarmClassifier.ScoresOutput);
        graph.Output(HarmClassifier.ScoresOutput, OnnxType.F32, labels);
        OnnxFile.Save(graph, path);
    }

    private static Tensor Scales(BagNetwork network) => network.Table.abs().amax(0).div(127).clamp_min(1e-12);

    private static float[] Floats(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
