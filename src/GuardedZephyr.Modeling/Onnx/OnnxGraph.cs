namespace GuardedZephyr.Modeling.Onnx;

/// <summary>A graph under construction; <see cref="OnnxFile"/> saves it. Nodes are kept in the order they are added, which must be topological.</summary>
public sealed class OnnxGraph(string name)
{
    /// <summary>Domain of ONNX Runtime's own operators, such as GroupQueryAttention.</summary>
    public const string Microsoft = "com.microsoft";

    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxValue> _outputs = [];
    private readonly List<OnnxTensor> _initializers = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly HashSet<string> _names = [];

    public string Name { get; } = name;

    public IReadOnlyList<OnnxValue> Inputs => _inputs;

    public IReadOnlyList<OnnxValue> Outputs => _outputs;

    public IReadOnlyList<OnnxTensor> Initializers => _initializers;

    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>Returns the input's name, so that it can be handed on to a node.</summary>
    public string Input(string name, OnnxType type, params IReadOnlyList<OnnxDimension> shape)
    {
        Claim(name);
        _inputs.Add(new OnnxValue(name, type, shape));
        return name;
    }

    public void Output(string name, OnnxType type, params IReadOnlyList<OnnxDimension> shape) =>
        _outputs.Add(new OnnxValue(name, type, shape));

    /// <summary>Returns the tensor's name.</summary>
    public string Initializer(OnnxTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Claim(tensor.Name);
        _initializers.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Adds a constant and returns its name.</summary>
    public string Initializer<T>(string name, IReadOnlyList<long> shape, params T[] values) where T : unmanaged =>
        Initializer(OnnxTensor.Create(name, shape, values));

    /// <summary>Adds an ai.onnx node with one output and returns the output's name.</summary>
    public string Node(string op, IReadOnlyList<string> inputs, string output, params IReadOnlyList<(string Name, OnnxAttribute Value)> attributes) =>
        Node(new OnnxNode(op, inputs, [output]) { Attributes = attributes });

    /// <summary>Adds a node and returns the name of its first output.</summary>
    /// <exception cref="ArgumentException">An output's name is taken: every value of a graph is written once.</exception>
    public string Node(OnnxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        foreach (var output in node.Outputs.Where(output => output.Length > 0))
        {
            Claim(output);
        }

        _nodes.Add(node);
        return node.Outputs[0];
    }

    private void Claim(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_names.Add(name))
        {
            throw new ArgumentException($"Graph '{Name}' already has a value named '{name}'.", nameof(name));
        }
    }
}
