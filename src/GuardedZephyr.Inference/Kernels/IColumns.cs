using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>Where the weights of sixteen columns come from.</summary>
internal interface IColumns
{
    /// <param name="place">Which 32 weights of each column.</param>
    ColumnTranspose Load(nint place);
}

/// <summary>As the model's file has them, column by column.</summary>
internal readonly unsafe struct StoredColumns(byte* weights, nint stride) : IColumns
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ColumnTranspose Load(nint place)
    {
        var from = weights + (place * 16);
        if (place % 4 == 0)
        {
            // A cache line of each column of the next group: sixteen streams are more than the processor foresees by itself.
            for (nint column = Int4Matrix.Group; column < 2 * Int4Matrix.Group; column++)
            {
                Sse.Prefetch1(from + (column * stride));
            }
        }

        return ColumnTranspose.Load(from, stride);
    }
}

/// <summary>Transposed already.</summary>
internal readonly unsafe struct PackedColumns(byte* tile) : IColumns
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ColumnTranspose Load(nint place)
    {
        var from = (int*)(tile + (place * 256));
        return new ColumnTranspose(Vector512.Load(from), Vector512.Load(from + 16), Vector512.Load(from + 32), Vector512.Load(from + 48));
    }
}
