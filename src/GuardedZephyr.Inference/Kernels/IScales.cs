using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GuardedZephyr.Inference.Kernels;

/// <summary>The scales of sixteen columns.</summary>
internal unsafe interface IScales<TSelf> where TSelf : struct, IScales<TSelf>
{
    static abstract TSelf Of(Int4Matrix matrix, int column);

    Vector512<float> Load(nint block);
}

internal readonly unsafe struct FloatScales(float* scales) : IScales<FloatScales>
{
    public static FloatScales Of(Int4Matrix matrix, int column) => new((float*)matrix.Scales + ((nint)column * matrix.Blocks));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(nint block) => Vector512.Load(scales + (block * Int4Matrix.Group));
}

internal readonly unsafe struct HalfScales(short* scales) : IScales<HalfScales>
{
    public static HalfScales Of(Int4Matrix matrix, int column) => new((short*)matrix.Scales + ((nint)column * matrix.Blocks));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(nint block) => HalfVector.Load(scales + (block * Int4Matrix.Group));
}
