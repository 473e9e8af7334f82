using Google.Protobuf;

namespace GuardedZephyr.Modeling.Onnx;

/// <summary>The few protobuf messages of the ONNX format that a model file needs; the numbers are the format's field numbers.</summary>
internal static class OnnxMessages
{
    private const long IrVersion = 10;
    private const long OpsetVersion = 21;
    private const long ExternalLocation = 1;

    /// <param name="place">Where a tensor's bytes lie outside the file, or null to put them inside.</param>
    public static byte[] Model(OnnxGraph graph, Func<OnnxTensor, (string Key, string Value)[]?> place) => ProtobufFields.Build(model =>
    {
        model.Int(1, IrVersion);
        model.Text(2, "GuardedZephyr");
        model.Message(7, output => Graph(output, graph, place));
        model.Message(8, output => OperatorSet(output, "", OpsetVersion));
        model.Message(8, output => OperatorSet(output, OnnxGraph.Microsoft, 1));
    });

    private static void Graph(CodedOutputStream output, OnnxGraph graph, Func<OnnxTensor, (string Key, string Value)[]?> place)
    {
        foreach (var (index, node) in graph.Nodes.Index())
        {
            output.Message(1, field => Node(field, node, index));
        }

        output.Text(2, graph.Name);
        foreach (var tensor in graph.Initializers)
        {
            output.Message(5, field => Tensor(field, tensor, place(tensor)));
        }

        foreach (var input in graph.Inputs)
        {
            output.Message(11, field => Value(field, input));
        }

        foreach (var value in graph.Outputs)
        {
            output.Message(12, field => Value(field, value));
        }
    }

    private static void Node(CodedOutputStream output, OnnxNode node, int index)
    {
        foreach (var name in node.Inputs)
        {
            output.Text(1, name);
        }

        foreach (var name in node.Outputs)
        {
            output.Text(2, name);
        }

        output.Text(3, $"{node.Operator}_{index}");
        output.Text(4, node.Operator);
        foreach (var (name, value) in node.Attributes)
        {
            output.Message(5, field => Attribute(field, name, value.Value));
        }

        output.Text(7, node.Domain);
    }

    private static void Attribute(CodedOutputStream output, string name, object value)
    {
        const int Type = 20;
        output.Text(1, name);
        switch (value)
        {
            case float number:
                output.Float(2, number);
                output.Int(Type, 1);
                break;
            case long number:
                output.Int(3, number);
                output.Int(Type, 2);
                break;
            case string text:
                output.Text(4, text);
                output.Int(Type, 3);
                break;
            case long[] numbers:
                foreach (var number in numbers)
                {
                    output.Int(8, number);
                }

                output.Int(Type, 7);
                break;
        }
    }

    private static void Tensor(CodedOutputStream output, OnnxTensor tensor, (string Key, string Value)[]? place)
    {
        foreach (var size in tensor.Shape)
        {
            output.Int(1, size);
        }

        output.Int(2, (long)tensor.Type);
        output.Text(8, tensor.Name);
        if (place is null)
        {
            using var bytes = new MemoryStream();
            tensor.WriteTo(bytes);
            output.Bytes(9, bytes.ToArray());
            return;
        }

        foreach (var (key, value) in place)
        {
            output.Message(13, entry =>
            {
                entry.Text(1, key);
                entry.Text(2, value);
            });
        }

        output.Int(14, ExternalLocation);
    }

    private static void Value(CodedOutputStream output, OnnxValue value)
    {
        output.Text(1, value.Name);
        output.Message(2, type => type.Message(1, tensorType =>
        {
            tensorType.Int(1, (long)value.Type);
            tensorType.Message(2, shape =>
            {
                foreach (var dimension in value.Shape)
                {
                    shape.Message(1, field => Dimension(field, dimension));
                }
            });
        }));
    }

    private static void Dimension(CodedOutputStream output, OnnxDimension dimension)
    {
        if (dimension.Size is { } size)
        {
            output.Int(1, size);
        }
        else
        {
            output.Text(2, dimension.Symbol ?? "");
        }
    }

    private static void OperatorSet(CodedOutputStream output, string domain, long version)
    {
        output.Text(1, domain);
        output.Int(2, version);
    }
}
