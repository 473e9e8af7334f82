namespace GuardedZephyr.Modeling.Onnx;

/// <summary>A graph input or output.</summary>
public sealed record OnnxValue(string Name, OnnxType Type, params IReadOnlyList<OnnxDimension> Shape);
