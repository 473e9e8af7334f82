namespace GuardedZephyr.Inference.Models;

/// <summary>An input or output of a graph.</summary>
/// <param name="ElementType">TensorProto.DataType; 0 where it is no tensor.</param>
/// <param name="Dimensions">-1 for one that is open.</param>
internal sealed record OnnxHeaderValue(string Name, int ElementType, IReadOnlyList<long> Dimensions)
{
    private const int MaxDimensions = 64;

    public static OnnxHeaderValue Read(ProtobufReader value, int maxName)
    {
        var name = "";
        var type = (ElementType: 0, Dimensions: new List<long>());
        for (var field = value.Next(); field != 0; field = value.Next())
        {
            switch (field)
            {
                case 1:
                    name = value.Text(maxName);
                    break;
                case 2:
                    type = ReadType(value.Message());
                    break;
                default:
                    value.Skip();
                    break;
            }
        }

        return new OnnxHeaderValue(name, type.ElementType, type.Dimensions);
    }

    private static (int ElementType, List<long> Dimensions) ReadType(ProtobufReader type)
    {
        var tensor = (ElementType: 0, Dimensions: new List<long>());
        for (var field = type.Next(); field != 0; field = type.Next())
        {
            if (field == 1)
            {
                tensor = ReadTensorType(type.Message());
            }
            else
            {
                type.Skip();
            }
        }

        return tensor;
    }

    private static (int ElementType, List<long> Dimensions) ReadTensorType(ProtobufReader tensor)
    {
        var elementType = 0L;
        var dimensions = new List<long>();
        for (var field = tensor.Next(); field != 0; field = tensor.Next())
        {
            switch (field)
            {
                case 1:
                    elementType = tensor.Integer();
                    break;
                case 2:
                    ReadShape(tensor.Message(), dimensions);
                    break;
                default:
                    tensor.Skip();
                    break;
            }
        }

        return ((int)elementType, dimensions);
    }

    private static void ReadShape(ProtobufReader shape, List<long> dimensions)
    {
        for (var field = shape.Next(); field != 0; field = shape.Next())
        {
            if (field != 1)
            {
                shape.Skip();
                continue;
            }

            dimensions.Add(dimensions.Count < MaxDimensions ? -1 : throw new InvalidDataException("a value has too many dimensions"));
            var dimension = shape.Message();
            for (var inner = dimension.Next(); inner != 0; inner = dimension.Next())
            {
                if (inner == 1)
                {
                    dimensions[^1] = dimension.Integer();
                }
                else
                {
                    dimension.Skip();
                }
            }
        }
    }
}
