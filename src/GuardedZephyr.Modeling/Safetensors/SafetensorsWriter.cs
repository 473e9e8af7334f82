using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GuardedZephyr.Modeling.Safetensors;

/// <summary>Writes float32 tensors as a safetensors file.</summary>
public static class SafetensorsWriter
{
    /// <summary>Written beside the final name and renamed when complete.</summary>
    /// <exception cref="ArgumentException">A tensor's values do not fill its shape.</exception>
    public static void Write(string path, IReadOnlyList<(string Name, long[] Shape, float[] Values)> tensors)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var header = JsonSerializer.SerializeToUtf8Bytes(Header(tensors));
        var partial = path + ".partial";
        try
        {
            using (var stream = File.Create(partial))
            {
                Span<byte> length = stackalloc byte[sizeof(long)];
                BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
                stream.Write(length);
                stream.Write(header);
                foreach (var (_, _, values) in tensors)
                {
                    stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
                }
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static JsonObject Header(IReadOnlyList<(string Name, long[] Shape, float[] Values)> tensors)
    {
        var header = new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        var offset = 0L;
        foreach (var (name, shape, values) in tensors)
        {
            if (shape.Aggregate(1L, (product, size) => product * size) != values.Length)
            {
                throw new ArgumentException($"Tensor '{name}' has {values.Length} values, its shape [{string.Join(", ", shape)}] another number.", nameof(tensors));
            }

            var end = offset + ((long)values.Length * sizeof(float));
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        return header;
    }
}
