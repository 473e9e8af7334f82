using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Sign, exponent and fraction moved to their places in a float; 2^112 makes up for the exponents' different biases, exactly, subnormal numbers included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load(nint block) =>
        ((Avx512F.ConvertToVector512Int32(Vector256.Load(scales + (block * Int4Matrix.Group))) << 13) & Vector512.Create(unchecked((int)0x8FFFE000))).AsSingle()
        * Vector512.Create(5.192296858534828e33f);
}
