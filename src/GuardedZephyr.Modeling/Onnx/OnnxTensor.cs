using System.Runtime.InteropServices;

namespace GuardedZephyr.Modeling.Onnx;

/// <summary>An initializer. Its bytes are produced when the file is written, so a large one need never be in memory whole.</summary>
public sealed class OnnxTensor
{
    private readonly Action<Stream> _write;

    /// <param name="write">Writes exactly <see cref="ByteLength"/> bytes, little-endian, row-major; called once per save.</param>
    public OnnxTensor(string name, OnnxType type, IReadOnlyList<long> shape, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(write);
        Name = name;
        Type = type;
        Shape = shape;
        ByteLength = checked(shape.Aggregate(1L, (product, size) => product * size) * OnnxTypes.SizeOf(type));
        _write = write;
    }

    public string Name { get; }

    public OnnxType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    public long ByteLength { get; }

    /// <typeparam name="T">float, Half, long, int, sbyte or byte.</typeparam>
    public static OnnxTensor Create<T>(string name, IReadOnlyList<long> shape, T[] values) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        var tensor = new OnnxTensor(name, OnnxTypes.Of<T>(), shape, stream => stream.Write(MemoryMarshal.AsBytes(values.AsSpan())));
        if (tensor.ByteLength != (long)values.Length * OnnxTypes.SizeOf(tensor.Type))
        {
            throw new ArgumentException($"Tensor '{name}' has {values.Length} values, its shape [{string.Join(", ", shape)}] another number.", nameof(values));
        }

        return tensor;
    }

    internal void WriteTo(Stream stream)
    {
        var start = stream.Position;
        _write(stream);
        if (stream.Position - start != ByteLength)
        {
            throw new InvalidOperationException($"Tensor '{Name}' wrote {stream.Position - start} bytes; its shape needs {ByteLength}.");
        }
    }
}
