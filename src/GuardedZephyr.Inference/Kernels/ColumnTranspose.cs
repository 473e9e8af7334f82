using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>Sixteen bytes of each of sixteen columns as four vectors with a lane of four bytes for each column.</summary>
internal readonly struct ColumnTranspose(Vector512<int> first, Vector512<int> second, Vector512<int> third, Vector512<int> fourth)
{
    /// <summary>Numbers of four bytes.</summary>
    public const int Size = 64;

    public Vector512<int> First => first;

    public Vector512<int> Second => second;

    public Vector512<int> Third => third;

    public Vector512<int> Fourth => fourth;

    /// <param name="stride">Bytes from one column to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ColumnTranspose Load(byte* from, nint stride)
    {
        var (a, b, c, d) = (EveryFourth(from, stride), EveryFourth(from + stride, stride), EveryFourth(from + (2 * stride), stride), EveryFourth(from + (3 * stride), stride));
        var (ab0, ab1) = (Avx512F.UnpackLow(a, b).AsInt64(), Avx512F.UnpackHigh(a, b).AsInt64());
        var (cd0, cd1) = (Avx512F.UnpackLow(c, d).AsInt64(), Avx512F.UnpackHigh(c, d).AsInt64());
        return new ColumnTranspose(
            Avx512F.UnpackLow(ab0, cd0).AsInt32(), Avx512F.UnpackHigh(ab0, cd0).AsInt32(), Avx512F.UnpackLow(ab1, cd1).AsInt32(), Avx512F.UnpackHigh(ab1, cd1).AsInt32());
    }

    /// <summary>What <see cref="Store"/> wrote.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe ColumnTranspose Read(int* from) => new(Vector512.Load(from), Vector512.Load(from + 16), Vector512.Load(from + 32), Vector512.Load(from + 48));

    /// <summary>64 numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Store(int* to)
    {
        first.Store(to);
        second.Store(to + 16);
        third.Store(to + 32);
        fourth.Store(to + 48);
    }

    /// <summary>Sixteen bytes each of columns 0, 4, 8 and 12 from here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<int> EveryFourth(byte* from, nint stride) => Vector512.Create(
        Vector256.Create(Vector128.Load((int*)from), Vector128.Load((int*)(from + (4 * stride)))),
        Vector256.Create(Vector128.Load((int*)(from + (8 * stride))), Vector128.Load((int*)(from + (12 * stride)))));
}
