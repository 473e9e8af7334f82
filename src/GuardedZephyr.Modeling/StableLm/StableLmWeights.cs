using System.Runtime.InteropServices;
using GuardedZephyr.Modeling.Onnx;
using GuardedZephyr.Modeling.Safetensors;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>Adds a checkpoint's tensors to the graph in the form its nodes want: matrices as [in, out], queries, keys and values side by side.</summary>
internal sealed class StableLmWeights(SafetensorsReader checkpoint, StableLmConfig config, RotaryLayout rotary, ExportPrecision precision, OnnxGraph graph)
{
    /// <summary>A vector, always float32.</summary>
    public string Vector(string name) => graph.Initializer(OnnxTensor.Create(name, [config.Hidden], checkpoint.Read(name, config.Hidden)));

    public string Matrix(string name, int rows, int columns) => Add(name, [columns, rows], () => Transposed(checkpoint.Read(name, rows, columns), rows, columns));

    /// <summary>A table as the checkpoint has it; its rows are to be widened after they are gathered.</summary>
    public string Table(string name, int rows, int columns) => Store(name, [rows, columns], () => checkpoint.Read(name, rows, columns));

    /// <summary>q, k and v of one layer as one matrix, with the rows of q and k in the graph's order of dimensions.</summary>
    public string QueryKeyValue(string attention, int layer)
    {
        var (queryRows, keyRows) = (config.Heads * config.HeadSize, config.KeyValueHeads * config.HeadSize);
        var rows = queryRows + (2 * keyRows);
        return Add($"model.layers.{layer}.self_attn.qkv_proj.weight", [config.Hidden, rows], () =>
        {
            float[] packed =
            [
                .. Permuted(checkpoint.Read($"{attention}.q_proj.weight", queryRows, config.Hidden), config.Heads),
                .. Permuted(checkpoint.Read($"{attention}.k_proj.weight", keyRows, config.Hidden), config.KeyValueHeads),
                .. checkpoint.Read($"{attention}.v_proj.weight", keyRows, config.Hidden),
            ];
            return Transposed(packed, rows, config.Hidden);
        });
    }

    /// <summary>Names the float32 form of what was stored.</summary>
    public string Widened(string name) => precision == ExportPrecision.Fp32 ? name : graph.Node("Cast", [name], $"{name}.f32", ("to", (long)OnnxType.F32));

    private string Add(string name, long[] shape, Func<float[]> values) => Widened(Store(name, shape, values));

    /// <summary>The values are read when the file is written, one tensor at a time.</summary>
    private string Store(string name, long[] shape, Func<float[]> values) => graph.Initializer(precision == ExportPrecision.Fp32
        ? new OnnxTensor(name, OnnxType.F32, shape, stream => stream.Write(MemoryMarshal.AsBytes(values().AsSpan())))
        : new OnnxTensor(name, OnnxType.F16, shape, stream => stream.Write(MemoryMarshal.AsBytes(Narrowed(name, values()).AsSpan()))));

    private static Half[] Narrowed(string name, float[] values) => Array.ConvertAll(values, value =>
        Half.IsFinite((Half)value) ? (Half)value : throw new OverflowException($"Tensor '{name}' has a value beyond float16's range; export it with float32 precision."));

    private float[] Permuted(float[] rows, int heads)
    {
        var permuted = new float[rows.Length];
        for (var head = 0; head < heads; head++)
        {
            for (var i = 0; i < config.HeadSize; i++)
            {
                var (from, to) = ((head * config.HeadSize) + rotary.Sources[i], (head * config.HeadSize) + i);
                rows.AsSpan(from * config.Hidden, config.Hidden).CopyTo(permuted.AsSpan(to * config.Hidden));
            }
        }

        return permuted;
    }

    private static float[] Transposed(float[] values, int rows, int columns)
    {
        var transposed = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                transposed[(column * rows) + row] = values[(row * columns) + column];
            }
        }

        return transposed;
    }
}
