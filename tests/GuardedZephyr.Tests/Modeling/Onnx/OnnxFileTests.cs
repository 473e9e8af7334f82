using GuardedZephyr.Modeling.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Tests.Modeling.Onnx;

public sealed class OnnxFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onnx-file-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("model.onnx.data")]
    public void Graph_of_a_bag_of_words_classifier_runs_in_onnx_runtime(string? dataFile)
    {
        var path = Path.Combine(_folder.FullName, "model.onnx");
        OnnxFile.Save(BagOfWords(), path, dataFile, cancellationToken: TestContext.Current.CancellationToken);

        using var session = new InferenceSession(path);
        using var ids = OrtValue.CreateTensorValueFromMemory<long>([1, 300], [1, 2]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["ids"], [ids], ["scores"]);

        // Rows 1 and 300 of the table hold 1 and 300 mod 128 = 44 in both columns, halved by the scale; the weights are 1 and -0.5.
        var expected = 1 / (1 + MathF.Exp(-((22.5f * 1) + (22.5f * -0.5f) + 0.25f)));
        Assert.Equal([expected], outputs[0].GetTensorDataAsSpan<float>().ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Large_tensors_lie_in_the_data_file_at_aligned_offsets()
    {
        OnnxFile.Save(BagOfWords(), Path.Combine(_folder.FullName, "model.onnx"), "model.onnx.data", cancellationToken: TestContext.Current.CancellationToken);

        // The table (1024 bytes), the float16 weights and the bias (2048 each) start a page each; the small constants stay in the model file.
        Assert.Equal((2 * OnnxFile.Alignment) + 2048, new FileInfo(Path.Combine(_folder.FullName, "model.onnx.data")).Length);
    }

    [Fact]
    public void Save_that_is_cancelled_leaves_no_file_behind()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            OnnxFile.Save(BagOfWords(), Path.Combine(_folder.FullName, "model.onnx"), "model.onnx.data", cancellationToken: cancelled.Token));

        Assert.Empty(_folder.EnumerateFiles());
    }

    [Fact]
    public void Tensor_that_writes_fewer_bytes_than_its_shape_needs_is_refused()
    {
        var graph = new OnnxGraph("short");
        graph.Initializer(new OnnxTensor("weights", OnnxType.F32, [2, 2], stream => stream.Write(new byte[12])));

        var error = Assert.Throws<InvalidOperationException>(() =>
            OnnxFile.Save(graph, Path.Combine(_folder.FullName, "model.onnx"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("Tensor 'weights' wrote 12 bytes; its shape needs 16.", error.Message);
        Assert.Empty(_folder.EnumerateFiles());
    }

    [Fact]
    public void Two_values_of_one_name_are_refused()
    {
        var graph = new OnnxGraph("twice");
        graph.Input("x", OnnxType.F32, 1);

        Assert.Throws<ArgumentException>(() => graph.Node("Relu", ["x"], "x"));
    }

    /// <summary>sigmoid(relu(sum of table rows) · weights + bias) with an int8 table, and a float16 tensor cast on the way.</summary>
    private static OnnxGraph BagOfWords()
    {
        var graph = new OnnxGraph("bag");
        var ids = graph.Input("ids", OnnxType.I64, "batch", "tokens");
        var table = graph.Initializer("table", [512, 2], Enumerable.Range(0, 1024).Select(i => (sbyte)(i / 2 % 128)).ToArray());
        var rows = graph.Node("Gather", [table, ids], "rows", ("axis", 0));
        var floats = graph.Node("DequantizeLinear", [rows, graph.Initializer("scale", [], 0.5f)], "floats");
        var sums = graph.Node("ReduceSum", [floats, graph.Initializer("axes", [1], 1L)], "sums", ("keepdims", 0));
        var hidden = graph.Node("Relu", [sums], "hidden");
        var half = graph.Initializer("half", [2, 512], Enumerable.Range(0, 1024).Select(i => i == 0 ? (Half)1 : i == 512 ? (Half)(-0.5) : (Half)0).ToArray());
        var weights = graph.Node("Cast", [half], "weights", ("to", (long)OnnxType.F32));
        var logits = graph.Node(
            "Gemm", [hidden, weights, graph.Initializer("bias", [512], [0.25f, .. new float[511]])], "logits", ("alpha", 1f), ("transB", 0));
        var first = graph.Node(
            "Slice", [logits, graph.Initializer("from", [1], 0), graph.Initializer("to", [1], 1), graph.Initializer("axis", [1], 1)], "first");
        graph.Node("Sigmoid", [first], "scores");
        graph.Output("scores", OnnxType.F32, "batch", 1);
        return graph;
    }
}
