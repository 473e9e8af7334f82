using GuardedZephyr.Modeling.Onnx;
using GuardedZephyr.Modeling.Quantization;
using GuardedZephyr.Modeling.Safetensors;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>Adds a checkpoint's tensors to the graph in the form that its precision asks for, and the nodes that multiply by them. The values are read when the file is written.</summary>
internal sealed class StableLmWeights(Checkpoint checkpoint, string folder, StableLmConfig config, ExportOptions options, OnnxGraph graph)
{
    private readonly OnnxType _type = options.IsHalf ? OnnxType.F16 : OnnxType.F32;

    /// <summary>A vector in the type that the graph computes in.</summary>
    /// <param name="parts">Tensors one behind another; an order says for each block of its length where its values come from.</param>
    public string Vector(string name, int length, params IReadOnlyList<(string Tensor, int Length, IReadOnlyList<int>? Order)> parts)
    {
        foreach (var part in parts)
        {
            _ = checkpoint.Require(part.Tensor, part.Length);
        }

        var values = parts.SelectMany(part => Ordered(checkpoint.Read(part.Tensor, part.Length), part.Order)).ToArray();
        return Constant(name, [length], values);
    }

    public string Vector(string name) => Vector(name, config.Hidden, (name, config.Hidden, null));

    /// <summary>A constant in the type that the graph computes in.</summary>
    public string Constant(string name, IReadOnlyList<long> shape, float[] values) => graph.Initializer(options.IsHalf
        ? OnnxTensor.Create(name, shape, Array.ConvertAll(values, value => (Half)value))
        : OnnxTensor.Create(name, shape, values));

    /// <summary>input · matrixᵀ.</summary>
    /// <param name="name">Of the matrix in the graph.</param>
    public string Multiply(string input, string output, string name, int columns, params IReadOnlyList<WeightPart> parts)
    {
        var rows = new WeightRows(checkpoint, folder, columns, parts);
        return options.IsQuantized
            ? MultiplyQuantized(input, output, name, rows)
            : graph.Node("MatMul", [input, Computed(graph.Initializer(new DenseMatrix(rows, options.Precision == ExportPrecision.Fp16).Transposed(name)))], output);
    }

    /// <summary>The embedding table; quantised models keep it in float16, where its rows are read one by one.</summary>
    public string Table(string name) => graph.Initializer(
        new DenseMatrix(new WeightRows(checkpoint, folder, config.Hidden, new WeightPart(name, config.Vocabulary)), options.Precision != ExportPrecision.Fp32).Table(name));

    /// <summary>Names the form of what was stored that the graph computes in.</summary>
    public string Computed(string name) => options.IsHalf || options.Precision == ExportPrecision.Fp32
        ? name
        : graph.Node("Cast", [name], $"{name}.f32", ("to", (long)_type));

    private string MultiplyQuantized(string input, string output, string name, WeightRows rows)
    {
        var bits = options.Precision == ExportPrecision.Int4 ? 4 : 8;

        // Scales are numbers of 16 bits for each target: GPUs store them so, and the engine for the CPU reads half as much of them in each step.
        var matrix = new QuantizedMatrix(rows, new BlockQuantizer(bits, options.BlockSize, options.SearchScales, halfScales: true), options.IsHalf);
        var codes = graph.Initializer(matrix.Codes($"{name}_q{bits}"));
        var scales = graph.Initializer(matrix.Scales($"{name}_scales"));
        return graph.Node(new OnnxNode("MatMulNBits", [input, codes, scales], [output])
        {
            Domain = OnnxGraph.Microsoft,
            Attributes =
            [
                ("K", rows.Columns), ("N", rows.Count), ("bits", bits), ("block_size", options.BlockSize),
                ("accuracy_level", options.AccuracyLevel ?? (options.Target == ExportTarget.Cpu ? 4 : 0)),
            ],
        });
    }

    private static IEnumerable<float> Ordered(float[] values, IReadOnlyList<int>? order) =>
        order is null ? values : values.Select((_, i) => values[i - (i % order.Count) + order[i % order.Count]]);
}
