using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GuardedZephyr.Inference.Kernels;

internal static unsafe class HalfVector
{
    /// <summary>
    /// Sixteen finite 16-bit floats as floats: sign, exponent and fraction moved to their places; 2^112 makes up for the exponents' different biases, exactly, subnormal numbers included.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(short* from) =>
        ((Avx512F.ConvertToVector512Int32(Vector256.Load(from)) << 13) & Vector512.Create(unchecked((int)0x8FFFE000))).AsSingle() * Vector512.Create(5.192296858534828e33f);

    /// <summary>
    /// Sixteen floats as 16-bit floats, rounded to nearest, ties to even; what is too large becomes the largest. Numbers under 2^-14 get the spacing of subnormal numbers by adding and taking away a half; of others the exponent is
    /// moved by 112 and thirteen bits of the fraction are rounded away.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> values, short* to)
    {
        var bits = values.AsInt32();
        var sign = bits & Vector512.Create(int.MinValue);
        var size = Vector512.Min(Vector512.Abs(values), Vector512.Create((float)Half.MaxValue)).AsInt32();
        var subnormal = (size.AsSingle() + Vector512.Create(0.5f)).AsInt32() - Vector512.Create(0x3F000000);
        var normal = (size + Vector512.Create((-112 << 23) + 0xFFF) + ((size >>> 13) & Vector512<int>.One)) >>> 13;
        var result = Vector512.ConditionalSelect(Vector512.LessThan(size, Vector512.Create(0x38800000)), subnormal, normal) | (sign >>> 16);
        Avx512F.ConvertToVector256Int16(result).Store(to);
    }
}
