namespace GuardedZephyr.Modeling.Onnx;

/// <summary>One operation. An empty string in <see cref="Inputs"/> is an optional input that is left out.</summary>
public sealed record OnnxNode(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>Empty for ai.onnx.</summary>
    public string Domain { get; init; } = "";

    public IReadOnlyList<(string Name, OnnxAttribute Value)> Attributes { get; init; } = [];
}
