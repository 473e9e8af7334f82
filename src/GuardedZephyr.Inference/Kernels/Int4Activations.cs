using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>
/// Rows of a matrix multiplication's left side as signed bytes with a scale for each block of weights: value = scale · byte, scale = max |value| / 127.
/// Within a chunk of 128 values the bytes lie as the nibbles of the weights do: first those of even index, then those of odd index.
/// </summary>
internal unsafe struct Int4Activations
{
    /// <summary>Values that lie together; a row's length is a multiple.</summary>
    public const int Chunk = 128;

    /// <summary>One row after the other.</summary>
    public sbyte* Bytes;

    /// <summary>A scale a block; NaN where a value of the block is not finite, which makes every product with it NaN.</summary>
    public float* Scales;

    /// <summary>Eight times the sum of a block's bytes: the weights' zero point is 8.</summary>
    public int* Offsets;

    private int _length;
    private int _block;

    public static nuint BytesNeeded(int rows, int length, int block) => (nuint)rows * (nuint)(length + (8 * length / block)) + 128;

    public readonly Int4Row Row(int row)
    {
        var blocks = (nint)row * (_length / _block);
        return new Int4Row(Bytes + ((nint)row * _length), Scales + blocks, Offsets + blocks);
    }

    /// <param name="memory">As many bytes as <see cref="BytesNeeded"/> says.</param>
    public static Int4Activations Quantise(float* values, int rows, int length, int block, byte* memory)
    {
        var blocks = (nint)rows * (length / block);
        var result = new Int4Activations
        {
            Bytes = (sbyte*)memory,
            Scales = (float*)(memory + ((nint)rows * length)),
            Offsets = (int*)(memory + ((nint)rows * length)) + blocks,
            _length = length,
            _block = block,
        };
        for (nint i = 0; i < blocks; i++)
        {
            QuantiseBlock(values + (i * block), block, ref result, i);
        }

        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void QuantiseBlock(float* values, int block, ref Int4Activations result, nint index)
    {
        var largest = Vector512<float>.Zero;
        for (var i = 0; i < block; i += Vector512<float>.Count)
        {
            largest = Vector512.Max(largest, Vector512.Abs(Vector512.Load(values + i)));
        }

        var max = Largest(largest);
        var scale = max / 127;
        var inverse = Vector512.Create(max > 0 ? 127 / max : 0);
        var sum = Vector512<int>.Zero;
        for (var i = 0; i < block; i += 32)
        {
            var low = Avx512F.ConvertToVector512Int32(Vector512.Load(values + i) * inverse);
            var high = Avx512F.ConvertToVector512Int32(Vector512.Load(values + i + 16) * inverse);
            sum += low + high;
            var (pairs0, pairs1) = (Avx512F.ConvertToVector128SByteWithSaturation(low).AsUInt16(), Avx512F.ConvertToVector128SByteWithSaturation(high).AsUInt16());
            var place = (index * block) + i;
            var to = result.Bytes + (place / Chunk * Chunk) + (place % Chunk / 2);
            Vector128.Narrow(pairs0 & Vector128.Create((ushort)0xFF), pairs1 & Vector128.Create((ushort)0xFF)).AsSByte().Store(to);
            Vector128.Narrow(pairs0 >> 8, pairs1 >> 8).AsSByte().Store(to + (Chunk / 2));
        }

        result.Scales[index] = float.IsFinite(scale) ? scale : float.NaN;
        result.Offsets[index] = 8 * Vector512.Sum(sum);
    }

    private static float Largest(Vector512<float> values)
    {
        var half = Vector256.Max(values.GetLower(), values.GetUpper());
        var quarter = Vector128.Max(half.GetLower(), half.GetUpper());
        return MathF.Max(MathF.Max(quarter[0], quarter[1]), MathF.Max(quarter[2], quarter[3]));
    }
}
