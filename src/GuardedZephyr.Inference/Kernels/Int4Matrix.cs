using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>
/// A right side in the layout of com.microsoft.MatMulNBits. The weights stay where the session has them; the scales are copied, sixteen columns side by side, and as 16-bit floats if none
/// loses by that, because a step of the model reads them all.
/// </summary>
internal sealed unsafe class Int4Matrix : IDisposable
{
    public const int Group = 16;
    private const nuint Alignment = 64;
    private void* _scales;

    /// <param name="weights">[columns, length / 2] bytes, which must stay in memory.</param>
    /// <param name="scales">[columns, length / block size].</param>
    public Int4Matrix(byte* weights, float* scales, int length, int columns, int blockSize)
    {
        (Weights, Length, Columns, BlockSize, Blocks) = (new IntPtr(weights), length, columns, blockSize, length / blockSize);
        var from = new ReadOnlySpan<float>(scales, checked(columns * Blocks));
        HalfScales = AreHalf(from);
        var size = HalfScales ? sizeof(Half) : sizeof(float);
        _scales = NativeMemory.AlignedAlloc((nuint)from.Length * (nuint)size, Alignment);
        for (var group = 0; group < columns / Group; group++)
        {
            Pack(from.Slice(group * Group * Blocks, Group * Blocks), group);
        }
    }

    ~Int4Matrix() => Free();

    public nint Weights { get; }

    /// <summary>For each group of sixteen columns and each block, sixteen scales.</summary>
    public void* Scales => _scales;

    /// <summary>Whether the scales are <see cref="Half"/> instead of float.</summary>
    public bool HalfScales { get; }

    /// <summary>Weights of a column.</summary>
    public int Length { get; }

    public int Columns { get; }

    public int BlockSize { get; }

    /// <summary>Blocks of a column.</summary>
    public int Blocks { get; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static bool AreHalf(ReadOnlySpan<float> scales)
    {
        const int Part = 4096;
        var (narrow, wide) = (new Half[Part], new float[Part]);
        for (var start = 0; start < scales.Length; start += Part)
        {
            var part = scales[start..Math.Min(start + Part, scales.Length)];
            TensorPrimitives.ConvertToHalf(part, narrow);
            TensorPrimitives.ConvertToSingle(narrow.AsSpan(0, part.Length), wide);
            if (!part.SequenceEqual(wide.AsSpan(0, part.Length)) || !float.IsFinite(TensorPrimitives.Sum(part)))
            {
                return false;
            }
        }

        return true;
    }

    private void Pack(ReadOnlySpan<float> from, int group)
    {
        var start = group * Group * Blocks;
        for (var block = 0; block < Blocks; block++)
        {
            for (var column = 0; column < Group; column++)
            {
                var (to, scale) = (start + (block * Group) + column, from[(column * Blocks) + block]);
                if (HalfScales)
                {
                    ((Half*)_scales)[to] = (Half)scale;
                }
                else
                {
                    ((float*)_scales)[to] = scale;
                }
            }
        }
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_scales);
        _scales = null;
    }
}
