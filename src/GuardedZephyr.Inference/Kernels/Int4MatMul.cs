using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>
/// Rows of float times a matrix of 4-bit weights in the layout of com.microsoft.MatMulNBits (bits 4, symmetric): for each column its K weights, two in a byte, low nibble
/// first, weight = scale · (nibble - 8) with a scale a block. Sixteen columns are computed together, a lane each; a block's products are summed as whole numbers, exactly, and the
/// blocks in order. So a row's result does not depend on how many rows there are or which thread computes it, to the last bit.
/// </summary>
internal static unsafe class Int4MatMul
{
    private const int Columns = Int4Matrix.Group;
    private const int SubBlock = 32;
    private const int RowTile = 4;

    [ThreadStatic]
    private static NativeBuffer? _buffer;

    /// <summary>Whether this processor has the instructions; ONNX Runtime's own operator is used otherwise.</summary>
    public static bool IsSupported => Avx512BW.IsSupported;

    /// <summary>Whether a matrix of this shape can be computed.</summary>
    public static bool Fits(long length, long columns, long block) =>
        block is 32 or 64 or 128 && length % Int4Activations.Chunk == 0 && columns % Columns == 0 && length is > 0 and <= 1 << 20 && columns is > 0 and <= 1 << 24;

    /// <summary>Computes columns <paramref name="first"/> to <paramref name="end"/> - 1, both multiples of 16, of all rows.</summary>
    public static void Multiply(Int4Matrix matrix, in Int4Activations rows, int rowCount, int first, int end, float* output)
    {
        if (matrix.HalfScales)
        {
            Multiply<HalfScales>(matrix, rows, rowCount, first, end, output);
        }
        else
        {
            Multiply<FloatScales>(matrix, rows, rowCount, first, end, output);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TScales>(Int4Matrix matrix, in Int4Activations rows, int rowCount, int first, int end, float* output) where TScales : struct, IScales<TScales>
    {
        nint length = matrix.Length;
        var buffer = (int*)(_buffer ??= new NativeBuffer()).Take((nuint)(length * Columns / 2));
        for (var column = first; column < end; column += Columns)
        {
            var weights = (byte*)matrix.Weights + (column * length / 2);
            var next = weights + (Columns * length / 2);
            var scales = TScales.Of(matrix, column);
            if (rowCount <= RowTile)
            {
                Rows(new StoredColumns(weights, length / 2, buffer), scales, matrix, next, rows, rowCount, output + column);
                continue;
            }

            for (nint chunk = 0; chunk < length / Int4Activations.Chunk; chunk++)
            {
                StoredColumns.Transpose(weights, length / 2, chunk, new PackedColumns(buffer).Load(chunk));
            }

            Rows(new PackedColumns(buffer), scales, matrix, next, rows, rowCount, output + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TColumns, TScales>(
        TColumns columns, TScales scales, Int4Matrix matrix, byte* next, in Int4Activations rows, int rowCount, float* output)
        where TColumns : struct, IColumns
        where TScales : struct, IScales<TScales>
    {
        var row = 0;
        for (; row + 4 <= rowCount; row += 4)
        {
            Tile<TColumns, TScales, Four>(columns, scales, matrix, next, rows, row, output + ((nint)row * matrix.Columns));
        }

        for (; row + 2 <= rowCount; row += 2)
        {
            Tile<TColumns, TScales, Two>(columns, scales, matrix, next, rows, row, output + ((nint)row * matrix.Columns));
        }

        if (row < rowCount)
        {
            Tile<TColumns, TScales, One>(columns, scales, matrix, next, rows, row, output + ((nint)row * matrix.Columns));
        }
    }

    /// <summary>One, two or four rows times sixteen columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TColumns, TScales, TRows>(
        TColumns columns, TScales scales, Int4Matrix matrix, byte* next, in Int4Activations rows, int row, float* output)
        where TColumns : struct, IColumns
        where TScales : struct, IScales<TScales>
        where TRows : struct, IRowCount
    {
        var row0 = rows.Row(row);
        var row1 = rows.Row(row + 1);
        var row2 = rows.Row(row + 2);
        var row3 = rows.Row(row + 3);
        Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nint length = matrix.Length;
        var blockSize = matrix.BlockSize;
        nint block = 0;
        for (nint chunk = 0; chunk < length / Int4Activations.Chunk; chunk++)
        {
            var weights = columns.Load(chunk);
            var place = chunk * Int4Activations.Chunk;
            if (row == 0)
            {
                Prefetch(next + (place / 2), length / 2);
            }

            for (var left = Int4Activations.Chunk; left > 0; left -= blockSize, block++)
            {
                Vector512<int> dot0 = default, dot1 = default, dot2 = default, dot3 = default;
                for (var sub = 0; sub < blockSize; sub += SubBlock, weights += ColumnTranspose.Size, place += SubBlock / 2)
                {
                    var four = ColumnTranspose.Read(weights);
                    var (even0, even1, even2, even3) = (Even(four.First), Even(four.Second), Even(four.Third), Even(four.Fourth));
                    var (odd0, odd1, odd2, odd3) = (Odd(four.First), Odd(four.Second), Odd(four.Third), Odd(four.Fourth));
                    dot0 += Dot(even0, even1, even2, even3, odd0, odd1, odd2, odd3, row0.Bytes + place);
                    if (TRows.Count >= 2)
                    {
                        dot1 += Dot(even0, even1, even2, even3, odd0, odd1, odd2, odd3, row1.Bytes + place);
                    }

                    if (TRows.Count == 4)
                    {
                        dot2 += Dot(even0, even1, even2, even3, odd0, odd1, odd2, odd3, row2.Bytes + place);
                        dot3 += Dot(even0, even1, even2, even3, odd0, odd1, odd2, odd3, row3.Bytes + place);
                    }
                }

                var scale = scales.Load(block);
                sum0 = Add(sum0, dot0, row0.Offsets[block], scale, row0.Scales[block]);
                if (TRows.Count >= 2)
                {
                    sum1 = Add(sum1, dot1, row1.Offsets[block], scale, row1.Scales[block]);
                }

                if (TRows.Count == 4)
                {
                    sum2 = Add(sum2, dot2, row2.Offsets[block], scale, row2.Scales[block]);
                    sum3 = Add(sum3, dot3, row3.Offsets[block], scale, row3.Scales[block]);
                }
            }
        }

        sum0.Store(output);
        if (TRows.Count >= 2)
        {
            sum1.Store(output + matrix.Columns);
        }

        if (TRows.Count == 4)
        {
            sum2.Store(output + (2 * (nint)matrix.Columns));
            sum3.Store(output + (3 * (nint)matrix.Columns));
        }
    }

    /// <summary>32 products a lane. Each pair's sum is at most 2 · 15 · 127, so eight of them fit into 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Dot(
        Vector512<byte> even0, Vector512<byte> even1, Vector512<byte> even2, Vector512<byte> even3,
        Vector512<byte> odd0, Vector512<byte> odd1, Vector512<byte> odd2, Vector512<byte> odd3, sbyte* bytes)
    {
        var even = Products(even0, bytes) + Products(even1, bytes + 4) + (Products(even2, bytes + 8) + Products(even3, bytes + 12));
        bytes += Int4Activations.Chunk / 2;
        var odd = Products(odd0, bytes) + Products(odd1, bytes + 4) + (Products(odd2, bytes + 8) + Products(odd3, bytes + 12));
        return Avx512BW.MultiplyAddAdjacent(even + odd, Vector512<short>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Even(Vector512<int> pairs) => pairs.AsByte() & Vector512.Create((byte)0x0F);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Odd(Vector512<int> pairs) => (pairs.AsUInt16() >> 4).AsByte() & Vector512.Create((byte)0x0F);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Products(Vector512<byte> weights, sbyte* four) => Avx512BW.MultiplyAddAdjacent(weights, Vector512.Create(*(int*)four).AsSByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Add(Vector512<float> sum, Vector512<int> dot, int offset, Vector512<float> weightScale, float rowScale) =>
        Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(dot - Vector512.Create(offset)), weightScale * Vector512.Create(rowScale), sum);

    /// <summary>
    /// A cache line of each column of the next group, so that all are on their way from memory while this one is computed: sixteen streams are more than the processor foresees by itself.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* next, nint stride)
    {
        for (var column = 0; column < Columns; column++, next += stride)
        {
            Sse.Prefetch1(next);
        }
    }
}
