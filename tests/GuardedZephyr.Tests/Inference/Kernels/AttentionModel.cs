using System.Runtime.InteropServices;
using GuardedZephyr.Inference.Kernels;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GuardedZephyr.Tests.Inference.Kernels;

/// <summary>One attention behind a matrix of 4-bit weights, with the cache of some sequences.</summary>
internal sealed class AttentionModel : IDisposable
{
    public const int Width = 128;
    private readonly string _folder = Directory.CreateTempSubdirectory("zephyr-attention-").FullName;
    private readonly InferenceSession _session;
    private readonly bool _half;
    private readonly byte[] _keys;
    private readonly byte[] _values;
    private readonly long[] _cacheShape;

    public AttentionModel(bool kernel, int heads, int groups, int headSize, int sequences, int capacity = 64)
    {
        var path = Path.Combine(_folder, "model.onnx");
        OnnxFile.Save(Graph(heads, groups, headSize, capacity), path);
        using var options = new SessionOptions { IntraOpNumThreads = 2 };
        _session = kernel
            ? KernelGraph.Open(path, new DecoderShape { Layers = 1, KeyValueHeads = groups, HeadSize = headSize }, options, out var exact)
            : new InferenceSession(path);
        Exact = kernel && KernelGraph.Redirect(path, new DecoderShape { Layers = 1, KeyValueHeads = groups, HeadSize = headSize }, out exact) is not null && exact;
        _half = _session.InputMetadata["past_key"].ElementDataType == TensorElementType.Float16;
        _cacheShape = [sequences, groups, capacity, headSize];
        _keys = new byte[sequences * groups * capacity * headSize * (_half ? 2 : 4)];
        _values = new byte[_keys.Length];
    }

    public bool Exact { get; }

    /// <summary>Runs the same number of new tokens in neighbouring sequences.</summary>
    /// <param name="states">[sequences, tokens, width].</param>
    /// <param name="lengths">Of each sequence, new tokens included.</param>
    public float[] Run(float[] states, int first, int[] lengths)
    {
        var tokens = states.Length / Width / lengths.Length;
        using var input = OrtValue.CreateTensorValueFromMemory(states, [lengths.Length, tokens, Width]);
        using var last = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(lengths, length => length - 1), [lengths.Length]);
        using var total = OrtValue.CreateTensorValueFromMemory(new[] { lengths.Max() }, []);
        var (keys, values) = (GCHandle.Alloc(_keys, GCHandleType.Pinned), GCHandle.Alloc(_values, GCHandleType.Pinned));
        using var binding = _session.CreateIoBinding();
        using var key = View(keys, first, lengths.Length);
        using var value = View(values, first, lengths.Length);
        binding.BindInput("a", input);
        binding.BindInput("last", last);
        binding.BindInput("total", total);
        binding.BindInput("past_key", key);
        binding.BindInput("past_value", value);
        binding.BindOutput("present_key", key);
        binding.BindOutput("present_value", value);
        binding.BindOutputToDevice("y", OrtMemoryInfo.DefaultInstance);
        using var options = new RunOptions();
        try
        {
            using var outputs = _session.RunWithBoundResults(options, binding);
            return outputs.Single(output => output.GetTensorTypeAndShape().Shape.Length == 3).GetTensorDataAsSpan<float>().ToArray();
        }
        finally
        {
            keys.Free();
            values.Free();
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private OrtValue View(GCHandle cache, int first, int count)
    {
        var bytes = _keys.Length / (int)_cacheShape[0];
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, _half ? TensorElementType.Float16 : TensorElementType.Float, [count, .. _cacheShape[1..]], cache.AddrOfPinnedObject() + (first * bytes), count * bytes);
    }

    private static OnnxGraph Graph(int heads, int groups, int headSize, int capacity)
    {
        const int Half = 8;
        var (random, columns) = (new Random(5), (heads + (2 * groups)) * headSize);
        var weights = new byte[columns * Width / 2];
        random.NextBytes(weights);
        var graph = new OnnxGraph("attention");
        graph.Input("a", OnnxType.F32, "batch", "tokens", Width);
        graph.Input("last", OnnxType.I32, "batch");
        graph.Input("total", OnnxType.I32);
        OnnxDimension[] cache = ["batch", groups, "capacity", headSize];
        foreach (var name in new[] { "past_key", "past_value" })
        {
            graph.Input(name, OnnxType.F32, cache);
        }

        graph.Initializer("w", [columns, Width / 32, 16], weights);
        graph.Initializer("s", [columns * Width / 32], [.. Enumerable.Range(0, columns * Width / 32).Select(_ => 0.05f * random.NextSingle())]);
        graph.Initializer("cos", [capacity, Half], [.. Angles().Select(MathF.Cos)]);
        graph.Initializer("sin", [capacity, Half], [.. Angles().Select(MathF.Sin)]);
        graph.Node(new OnnxNode("MatMulNBits", ["a", "w", "s"], ["qkv"])
        {
            Domain = OnnxGraph.Microsoft,
            Attributes = [("K", (long)Width), ("N", (long)columns), ("bits", 4L), ("block_size", 32L), ("accuracy_level", 4L)],
        });
        graph.Node(new OnnxNode("GroupQueryAttention", ["qkv", "", "", "past_key", "past_value", "last", "total", "cos", "sin"], ["y", "present_key", "present_value"])
        {
            Domain = OnnxGraph.Microsoft,
            Attributes = [("num_heads", (long)heads), ("kv_num_heads", (long)groups), ("do_rotary", 1L), ("rotary_interleaved", 0L)],
        });
        graph.Output("y", OnnxType.F32, "batch", "tokens", heads * headSize);
        graph.Output("present_key", OnnxType.F32, cache);
        graph.Output("present_value", OnnxType.F32, cache);
        return graph;

        IEnumerable<float> Angles() => Enumerable.Range(0, capacity).SelectMany(position => Enumerable.Range(0, Half).Select(i => position * MathF.Pow(10000, -i / (float)Half)));
    }
}
