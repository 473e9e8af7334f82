using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GuardedZephyr.Modeling.Safetensors;

/// <summary>What stands before the tensors of a safetensors file: the header's length in 8 bytes, and JSON.</summary>
internal static class SafetensorsHeader
{
    /// <summary>For tensors of one type, one behind another in this order.</summary>
    public static byte[] Create(string type, IEnumerable<(string Name, long[] Shape)> tensors)
    {
        var header = new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        var offset = 0L;
        foreach (var (name, shape) in tensors)
        {
            var end = offset + (shape.Aggregate(1L, (product, size) => product * size) * TensorNumbers.SizeOf(type));
            header[name] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var bytes = new byte[sizeof(long) + json.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, sizeof(long));
        return bytes;
    }
}
