using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GuardedZephyr.Modeling.Onnx;
using GuardedZephyr.Modeling.Safetensors;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>A matrix in float32 or float16: as MatMul has it, [in, out], or a table, [rows, columns].</summary>
internal sealed class DenseMatrix(WeightRows rows, bool half)
{
    private const int TileColumns = 16;

    private readonly OnnxType _type = half ? OnnxType.F16 : OnnxType.F32;

    /// <summary>How much of a transposed matrix is in memory at a time.</summary>
    public int BandBytes { get; init; } = 256 << 20;

    public OnnxTensor Transposed(string name) => new(name, _type, [rows.Columns, rows.Count], half ? WriteTransposed<Half> : WriteTransposed<float>);

    public OnnxTensor Table(string name) => new(name, _type, [rows.Count, rows.Columns], half ? WriteTable<Half> : WriteTable<float>);

    private void WriteTable<T>(Stream stream) where T : unmanaged
    {
        foreach (var chunk in rows.Chunks())
        {
            var values = Narrow<T>(chunk);
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan(0, chunk.Count * rows.Columns)));
            ArrayPool<T>.Shared.Return(values);
        }
    }

    /// <summary>Band by band of columns, each read anew from the checkpoint, so that a large matrix is never in memory whole.</summary>
    private void WriteTransposed<T>(Stream stream) where T : unmanaged
    {
        var width = Math.Clamp((int)(BandBytes / ((long)rows.Count * Unsafe.SizeOf<T>())), 1, rows.Columns);
        var band = new T[width * rows.Count];
        for (var first = 0; first < rows.Columns; first += width)
        {
            var columns = Math.Min(width, rows.Columns - first);
            var done = 0;
            foreach (var chunk in rows.Chunks())
            {
                var values = Narrow<T>(chunk);
                Transpose(values, chunk.Count, first, columns, band, done);
                ArrayPool<T>.Shared.Return(values);
                done += chunk.Count;
            }

            stream.Write(MemoryMarshal.AsBytes(band.AsSpan(0, columns * rows.Count)));
        }
    }

    private void Transpose<T>(T[] chunk, int count, int firstColumn, int columns, T[] band, int firstRow) where T : unmanaged =>
        Parallel.For(0, (columns + TileColumns - 1) / TileColumns, tile =>
        {
            for (var column = tile * TileColumns; column < Math.Min(columns, (tile + 1) * TileColumns); column++)
            {
                var source = firstColumn + column;
                foreach (ref var value in band.AsSpan((column * rows.Count) + firstRow, count))
                {
                    (value, source) = (chunk[source], source + rows.Columns);
                }
            }
        });

    /// <summary>A rented array that begins with the chunk's values.</summary>
    private T[] Narrow<T>(WeightChunk chunk) where T : unmanaged
    {
        var narrow = ArrayPool<T>.Shared.Rent(chunk.Count * rows.Columns);
        chunk.ForEachRow(rows.Columns, (row, values) =>
        {
            TensorNumbers.Narrow(half ? "F16" : "F32", values, MemoryMarshal.AsBytes(narrow.AsSpan(row * rows.Columns, rows.Columns)));
            if (half && !(TensorPrimitives.MaxMagnitude(values) <= (float)Half.MaxValue))
            {
                throw rows.Unfit("has a value beyond float16's range; export it with another precision");
            }
        });
        return narrow;
    }
}
