using System.Globalization;

namespace GuardedZephyr.Inference.Models;

/// <summary>
/// What an ONNX file says of itself, read before ONNX Runtime opens it: inputs, outputs, and where its weights lie. Only names and numbers
/// are read, weights inside the file are skipped. The numbers are the field numbers of onnx.proto.
/// </summary>
internal sealed class OnnxHeader
{
    private const int MaxName = 4096;
    private const int MaxValues = 1 << 16;
    private const int MaxDepth = 16;

    private readonly Dictionary<string, OnnxHeaderValue> _inputs = [];
    private readonly Dictionary<string, OnnxHeaderValue> _outputs = [];
    private readonly Dictionary<string, long> _external = [];

    private OnnxHeader(Stream stream) => ReadModel(new ProtobufReader(stream, stream.Length));

    public IReadOnlyDictionary<string, OnnxHeaderValue> Inputs => _inputs;

    public IReadOnlyDictionary<string, OnnxHeaderValue> Outputs => _outputs;

    /// <summary>Files with weights, as the model names them, and how many bytes each must have at least.</summary>
    public IReadOnlyDictionary<string, long> ExternalData => _external;

    /// <exception cref="ModelFolderException">It is not an ONNX file, or a broken one.</exception>
    public static OnnxHeader Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return new OnnxHeader(stream);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new ModelFolderException(path, $"not an ONNX file, or cut off ({e.Message}); copy or export the model again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFolderException(path, "unreadable; check its permissions", e);
        }
    }

    private void ReadModel(ProtobufReader model)
    {
        var hasGraph = false;
        for (var field = model.Next(); field != 0; field = model.Next())
        {
            switch (field)
            {
                case 7:
                    hasGraph = true;
                    ReadGraph(model.Message(), 0);
                    break;
                case 25: // a function; its nodes are field 7
                    ReadFunction(model.Message());
                    break;
                default:
                    model.Skip();
                    break;
            }
        }

        if (!hasGraph)
        {
            throw new InvalidDataException("there is no graph in it");
        }
    }

    private void ReadFunction(ProtobufReader function)
    {
        for (var field = function.Next(); field != 0; field = function.Next())
        {
            if (field == 7)
            {
                ReadNode(function.Message(), 1);
            }
            else
            {
                function.Skip();
            }
        }
    }

    private void ReadGraph(ProtobufReader graph, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException("graphs are nested too deeply");
        }

        for (var field = graph.Next(); field != 0; field = graph.Next())
        {
            switch (field)
            {
                case 1:
                    ReadNode(graph.Message(), depth);
                    break;
                case 5:
                    ReadTensor(graph.Message());
                    break;
                case 15:
                    ReadSparseTensor(graph.Message());
                    break;
                case 11 or 12 when depth == 0:
                    var value = OnnxHeaderValue.Read(graph.Message(), MaxName);
                    var values = field == 11 ? _inputs : _outputs;
                    values[value.Name] = values.Count < MaxValues ? value : throw new InvalidDataException("it has too many inputs or outputs");
                    break;
                default:
                    graph.Skip();
                    break;
            }
        }
    }

    private void ReadNode(ProtobufReader node, int depth)
    {
        for (var field = node.Next(); field != 0; field = node.Next())
        {
            if (field == 5)
            {
                ReadAttribute(node.Message(), depth);
            }
            else
            {
                node.Skip();
            }
        }
    }

    private void ReadAttribute(ProtobufReader attribute, int depth)
    {
        for (var field = attribute.Next(); field != 0; field = attribute.Next())
        {
            switch (field)
            {
                case 5 or 10:
                    ReadTensor(attribute.Message());
                    break;
                case 6 or 11:
                    ReadGraph(attribute.Message(), depth + 1);
                    break;
                case 22 or 23:
                    ReadSparseTensor(attribute.Message());
                    break;
                default:
                    attribute.Skip();
                    break;
            }
        }
    }

    private void ReadSparseTensor(ProtobufReader sparse)
    {
        for (var field = sparse.Next(); field != 0; field = sparse.Next())
        {
            if (field is 1 or 2)
            {
                ReadTensor(sparse.Message());
            }
            else
            {
                sparse.Skip();
            }
        }
    }

    private void ReadTensor(ProtobufReader tensor)
    {
        var (location, offset, length) = ("", 0L, 0L);
        for (var field = tensor.Next(); field != 0; field = tensor.Next())
        {
            if (field != 13)
            {
                tensor.Skip();
                continue;
            }

            var (key, value) = ReadEntry(tensor.Message());
            location = key == "location" ? value : location;
            offset = key == "offset" ? Number(value) : offset;
            length = key == "length" ? Number(value) : length;
        }

        if (location.Length > 0)
        {
            var end = offset <= long.MaxValue - length ? offset + length : throw new InvalidDataException("a tensor's place is beyond every file");
            _external[location] = Math.Max(end, _external.GetValueOrDefault(location));
        }
    }

    private static (string Key, string Value) ReadEntry(ProtobufReader entry)
    {
        var (key, value) = ("", "");
        for (var field = entry.Next(); field != 0; field = entry.Next())
        {
            switch (field)
            {
                case 1:
                    key = entry.Text(MaxName);
                    break;
                case 2:
                    value = entry.Text(MaxName);
                    break;
                default:
                    entry.Skip();
                    break;
            }
        }

        return (key, value);
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : throw new InvalidDataException("a tensor's place in its file is not a number");
}
