namespace GuardedZephyr.Inference.Kernels;

/// <summary>A right side in the layout of com.microsoft.MatMulNBits.</summary>
/// <param name="weights">[columns, length / 2] bytes.</param>
/// <param name="scales">[columns, length / block size].</param>
internal readonly unsafe struct Int4Matrix(byte* weights, float* scales, int length, int columns, int blockSize)
{
    public byte* Weights => weights;

    public float* Scales => scales;

    /// <summary>Weights of a column.</summary>
    public int Length => length;

    public int Columns => columns;

    public int BlockSize => blockSize;

    /// <summary>Blocks of a column.</summary>
    public int Blocks { get; } = length / blockSize;
}
