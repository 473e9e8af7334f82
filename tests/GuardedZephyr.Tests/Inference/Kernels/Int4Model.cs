using GuardedZephyr.Inference.Kernels;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Tests.Inference.Kernels;

/// <summary>A model that is one matrix of 4-bit weights, drawn at random, in a folder of its own.</summary>
internal sealed class Int4Model : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zephyr-int4-").FullName;

    public Int4Model(int length, int columns, int block, int accuracyLevel = 4, int seed = 1, int? statedColumns = null, bool halfScales = false)
    {
        (Length, Columns, Block) = (length, columns, block);
        var random = new Random(seed);
        Weights = new byte[columns * length / 2];
        random.NextBytes(Weights);
        Scales = [.. Enumerable.Range(0, columns * length / block).Select(_ => (0.02f * random.NextSingle()) - 0.01f).Select(scale => halfScales ? (float)(Half)scale : scale)];
        var graph = new OnnxGraph("int4");
        graph.Input("a", OnnxType.F32, ["batch", "rows", length]);
        graph.Output("y", OnnxType.F32, ["batch", "rows", statedColumns ?? columns]);
        graph.Initializer("w", [columns, length / block, block / 2], Weights);
        graph.Initializer("s", [columns * length / block], Scales);
        graph.Node(new OnnxNode("MatMulNBits", ["a", "w", "s"], ["y"])
        {
            Domain = OnnxGraph.Microsoft,
            Attributes = [("K", (long)length), ("N", (long)(statedColumns ?? columns)), ("bits", 4L), ("block_size", (long)block), ("accuracy_level", (long)accuracyLevel)],
        });
        OnnxFile.Save(graph, ModelPath, "model.onnx.data");
    }

    public int Length { get; }

    public int Columns { get; }

    public int Block { get; }

    public static DecoderShape Shape { get; } = new() { Layers = 0, KeyValueHeads = 1, HeadSize = 16 };

    public byte[] Weights { get; }

    public float[] Scales { get; }

    public string ModelPath => Path.Combine(_folder, "model.onnx");

    public InferenceSession OpenWithKernel()
    {
        using var options = new SessionOptions { IntraOpNumThreads = 2 };
        return KernelGraph.Open(ModelPath, Shape, options, out _);
    }

    public InferenceSession OpenPlain() => new(ModelPath);

    public static float[] Run(InferenceSession session, float[] values, int rows)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(values, [1, rows, values.Length / rows]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["a"], [input], ["y"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
