using System.Buffers;
using System.Runtime.ExceptionServices;
using GuardedZephyr.Modeling.Safetensors;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>Some rows of a matrix, in the checkpoint's number format.</summary>
internal sealed class WeightChunk(string type, int width, int count, IReadOnlyList<int>? headOrder) : IDisposable
{
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(width * count);

    public int Count => count;

    /// <summary>Its rows, of so many bytes each.</summary>
    public Span<byte> Bytes => _bytes.AsSpan(0, width * count);

    /// <summary>Works on the rows on all cores.</summary>
    /// <param name="padded">Length of the array that a row is handed on in; what lies behind the row is 0.</param>
    /// <param name="work">Gets a row's number in the chunk and its values.</param>
    public void ForEachRow(int padded, Action<int, float[]> work)
    {
        try
        {
            Parallel.For(0, count, () => new float[padded], (row, _, values) =>
            {
                Read(row, values);
                work(row, values);
                return values;
            }, _ => { });
        }
        catch (AggregateException e) when (e.InnerExceptions is [var only, ..])
        {
            ExceptionDispatchInfo.Throw(only);
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private void Read(int row, float[] values)
    {
        var source = headOrder is null ? row : row - (row % headOrder.Count) + headOrder[row % headOrder.Count];
        TensorNumbers.Widen(type, _bytes.AsSpan(source * width, width), values.AsSpan(0, width / TensorNumbers.SizeOf(type)));
    }
}
