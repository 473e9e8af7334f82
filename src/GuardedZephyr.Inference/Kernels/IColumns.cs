using System.Runtime.CompilerServices;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>Where the weights of sixteen columns come from, transposed as <see cref="ColumnTranspose"/> stores them.</summary>
internal unsafe interface IColumns
{
    /// <param name="chunk">Which 128 weights of each column.</param>
    /// <returns>Four times 64 numbers; valid until the next call.</returns>
    int* Load(nint chunk);
}

/// <summary>Transposed chunk by chunk as they are read.</summary>
internal readonly unsafe struct StoredColumns(byte* weights, nint stride, int* buffer) : IColumns
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int* Load(nint chunk)
    {
        Transpose(weights, stride, chunk, buffer);
        return buffer;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(byte* weights, nint stride, nint chunk, int* to)
    {
        const int Bytes = 16;
        for (var i = 0; i < 4; i++)
        {
            ColumnTranspose.Load(weights + (((chunk * 4) + i) * Bytes), stride).Store(to + (i * ColumnTranspose.Size));
        }
    }
}

/// <summary>Transposed already, for many rows.</summary>
internal readonly unsafe struct PackedColumns(int* tile) : IColumns
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int* Load(nint chunk) => tile + (chunk * 4 * ColumnTranspose.Size);
}
