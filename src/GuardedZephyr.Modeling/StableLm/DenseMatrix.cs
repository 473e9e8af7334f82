using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using GuardedZephyr.Modeling.Onnx;
using GuardedZephyr.Modeling.Safetensors;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>A matrix in float32 or float16: as MatMul has it, [in, out], or a table, [rows, columns].</summary>
internal sealed class DenseMatrix(WeightRows rows, bool half)
{
    private const int TileColumns = 16;

    private readonly OnnxType _type = half ? OnnxType.F16 : OnnxType.F32;
    private readonly int _size = half ? 2 : 4;

    /// <summary>How much of a transposed matrix is in memory at a time.</summary>
    public int BandBytes { get; init; } = 256 << 20;

    public OnnxTensor Transposed(string name) => new(name, _type, [rows.Columns, rows.Count], half ? WriteTransposed<Half> : WriteTransposed<float>);

    public OnnxTensor Table(string name) => new(name, _type, [rows.Count, rows.Columns], WriteTable);

    private void WriteTable(Stream stream)
    {
        foreach (var chunk in rows.Chunks())
        {
            stream.Write(Narrow(chunk));
        }
    }

    /// <summary>Band by band of columns, each read anew from the checkpoint, so that a large matrix is never in memory whole.</summary>
    private void WriteTransposed<T>(Stream stream) where T : unmanaged
    {
        var width = Math.Clamp((int)(BandBytes / ((long)rows.Count * _size)), 1, rows.Columns);
        for (var first = 0; first < rows.Columns; first += width)
        {
            var columns = Math.Min(width, rows.Columns - first);
            var band = new T[columns * rows.Count];
            var done = 0;
            foreach (var chunk in rows.Chunks())
            {
                Transpose(MemoryMarshal.Cast<byte, T>(Narrow(chunk)).ToArray(), first, columns, band, done);
                done += chunk.Count;
            }

            stream.Write(MemoryMarshal.AsBytes(band.AsSpan()));
        }
    }

    private void Transpose<T>(T[] chunk, int firstColumn, int columns, T[] band, int firstRow) where T : unmanaged
    {
        var count = chunk.Length / rows.Columns;
        Parallel.For(0, (columns + TileColumns - 1) / TileColumns, tile =>
        {
            for (var column = tile * TileColumns; column < Math.Min(columns, (tile + 1) * TileColumns); column++)
            {
                var target = band.AsSpan((column * rows.Count) + firstRow, count);
                var source = firstColumn + column;
                foreach (ref var value in target)
                {
                    (value, source) = (chunk[source], source + rows.Columns);
                }
            }
        });
    }

    private byte[] Narrow(WeightChunk chunk)
    {
        var width = rows.Columns * _size;
        var bytes = new byte[chunk.Count * width];
        chunk.ForEachRow(rows.Columns, (row, values) =>
        {
            TensorNumbers.Narrow(half ? "F16" : "F32", values, bytes.AsSpan(row * width, width));
            if (half && !(TensorPrimitives.MaxMagnitude(values) <= (float)Half.MaxValue))
            {
                throw rows.Unfit("has a value beyond float16's range; export it with another precision");
            }
        });
        return bytes;
    }
}
