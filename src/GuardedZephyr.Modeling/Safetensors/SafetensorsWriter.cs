using System.Runtime.InteropServices;

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
        foreach (var (name, shape, values) in tensors.Where(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * size) != tensor.Values.Length))
        {
            throw new ArgumentException($"Tensor '{name}' has {values.Length} values, its shape [{string.Join(", ", shape)}] another number.", nameof(tensors));
        }

        var partial = path + ".partial";
        try
        {
            using (var stream = File.Create(partial))
            {
                stream.Write(SafetensorsHeader.Create("F32", tensors.Select(tensor => (tensor.Name, tensor.Shape))));
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
}
