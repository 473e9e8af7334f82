namespace GuardedZephyr.Modeling.Onnx;

internal static class OnnxTypes
{
    public static OnnxType Of<T>() where T : unmanaged => default(T) switch
    {
        float => OnnxType.F32,
        byte => OnnxType.U8,
        sbyte => OnnxType.I8,
        int => OnnxType.I32,
        long => OnnxType.I64,
        Half => OnnxType.F16,
        _ => throw new NotSupportedException($"ONNX tensors of {typeof(T).Name} are not written here."),
    };

    public static int SizeOf(OnnxType type) => type switch
    {
        OnnxType.U8 or OnnxType.I8 => 1,
        OnnxType.F16 => 2,
        OnnxType.F32 or OnnxType.I32 => 4,
        OnnxType.I64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
