namespace GuardedZephyr.Modeling.Onnx;

/// <summary>A node attribute's value: an integer, integers, a float or a string. Converts from each of them.</summary>
public readonly record struct OnnxAttribute
{
    private OnnxAttribute(object value) => Value = value;

    internal object Value { get; }

    public static implicit operator OnnxAttribute(long value) => new(value);

    public static implicit operator OnnxAttribute(long[] value) => new(value);

    public static implicit operator OnnxAttribute(float value) => new(value);

    public static implicit operator OnnxAttribute(string value) => new(value);
}
