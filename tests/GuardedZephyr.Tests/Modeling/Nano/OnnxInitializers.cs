using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace GuardedZephyr.Tests.Modeling.Nano;

/// <summary>Reads the float32 and float16 initializers of an ONNX file, inside it or in its data file.</summary>
internal static class OnnxInitializers
{
    private const int Float32 = 1;
    private const int Float16 = 10;

    public static IReadOnlyDictionary<string, (long[] Shape, float[] Values)> Read(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var graph = Fields(File.ReadAllBytes(path)).Single(field => field.Number == 7).Bytes;
        return Fields(graph).Where(field => field.Number == 5).Select(field => Tensor(field.Bytes, folder)).Where(tensor => tensor.Values is not null)
            .ToDictionary(tensor => tensor.Name, tensor => (tensor.Shape, tensor.Values!));
    }

    private static (string Name, long[] Shape, float[]? Values) Tensor(byte[] message, string folder)
    {
        var fields = Fields(message).ToList();
        var name = fields.Single(field => field.Number == 8).Text;
        var shape = fields.Where(field => field.Number == 1).Select(field => field.Value).ToArray();
        var data = fields.Any(field => field.Number == 13) ? External(fields, folder) : fields.Single(field => field.Number == 9).Bytes;
        return (name, shape, fields.Single(field => field.Number == 2).Value switch
        {
            Float32 => MemoryMarshal.Cast<byte, float>(data).ToArray(),
            Float16 => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(data).ToArray(), value => (float)value),
            _ => null,
        });
    }

    private static byte[] External(List<Field> fields, string folder)
    {
        var place = fields.Where(field => field.Number == 13).Select(field => Fields(field.Bytes).ToList()).ToDictionary(entry => entry[0].Text, entry => entry[1].Text);
        using var stream = File.OpenRead(Path.Combine(folder, place["location"]));
        stream.Position = long.Parse(place["offset"], CultureInfo.InvariantCulture);
        var data = new byte[int.Parse(place["length"], CultureInfo.InvariantCulture)];
        stream.ReadExactly(data);
        return data;
    }

    private static IEnumerable<Field> Fields(byte[] message)
    {
        var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            yield return WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint
                ? new Field(WireFormat.GetTagFieldNumber(tag), input.ReadInt64(), [])
                : new Field(WireFormat.GetTagFieldNumber(tag), 0, input.ReadBytes().ToByteArray());
        }
    }

    private sealed record Field(int Number, long Value, byte[] Bytes)
    {
        public string Text => System.Text.Encoding.UTF8.GetString(Bytes);
    }
}
