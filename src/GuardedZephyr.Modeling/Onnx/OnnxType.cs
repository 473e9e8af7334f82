namespace GuardedZephyr.Modeling.Onnx;

/// <summary>Element types (float, int and unsigned by bits) with the numbers that ONNX's TensorProto.DataType gives them.</summary>
public enum OnnxType
{
    None = 0,
    F32 = 1,
    U8 = 2,
    I8 = 3,
    I32 = 6,
    I64 = 7,
    F16 = 10,
}
