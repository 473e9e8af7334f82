using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>The tensors of a Hugging Face folder, read without the exporter: 8 bytes of length, JSON, values.</summary>
internal static class ReferenceWeights
{
    public static Dictionary<string, float[]> Read(string folder) =>
        Directory.EnumerateFiles(folder, "*.safetensors").SelectMany(ReadFile).ToDictionary();

    private static IEnumerable<KeyValuePair<string, float[]>> ReadFile(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, start - 8));
        foreach (var tensor in header.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__"))
        {
            var offsets = tensor.Value.GetProperty("data_offsets");
            var data = bytes.AsSpan((start + offsets[0].GetInt32())..(start + offsets[1].GetInt32()));
            yield return KeyValuePair.Create(tensor.Name, tensor.Value.GetProperty("dtype").GetString() switch
            {
                "F32" => MemoryMarshal.Cast<byte, float>(data).ToArray(),
                "F16" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(data).ToArray(), value => (float)value),
                _ => Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(data).ToArray(), bits => BitConverter.UInt32BitsToSingle((uint)bits << 16)),
            });
        }
    }
}
