using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GuardedZephyr.Modeling.Safetensors;

/// <summary>Reads one safetensors file, memory-mapped: a tensor costs memory only while it is being read.</summary>
public sealed class SafetensorsReader : IDisposable
{
    private const long MaxHeader = 100_000_000;
    private const int Chunk = 1 << 20;

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly Dictionary<string, SafetensorsEntry> _entries;

    private SafetensorsReader(string path, MemoryMappedFile file, Dictionary<string, SafetensorsEntry> entries) =>
        (_path, _file, _entries) = (path, file, entries);

    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <exception cref="CheckpointException">The file is missing, cut off or not safetensors.</exception>
    public static SafetensorsReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var entries = ReadEntries(path);
            return new SafetensorsReader(path, MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read), entries);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new CheckpointException(path, "its header is not that of a safetensors file; download it again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, "missing or unreadable", e);
        }
    }

    /// <summary>Values of a tensor, row-major.</summary>
    /// <exception cref="CheckpointException">The tensor is missing, has another shape or a type that is not read here.</exception>
    public float[] Read(string name, params ReadOnlySpan<long> shape)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            throw new CheckpointException(_path, $"tensor '{name}' is missing; the checkpoint is not a complete StableLM model in one file");
        }

        if (!shape.SequenceEqual(entry.Shape.ToArray()))
        {
            throw new CheckpointException(_path, $"tensor '{name}' has shape [{string.Join(", ", entry.Shape)}] where config.json asks for [{string.Join(", ", shape.ToArray())}]");
        }

        var values = new float[SizeOf(entry.Type) == 0 ? 0 : entry.Length / SizeOf(entry.Type)];
        using var stream = _file.CreateViewStream(entry.Offset, entry.Length, MemoryMappedFileAccess.Read);
        switch (entry.Type)
        {
            case "F32":
                stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
                break;
            case "F16":
                Convert(stream, values, bits => (float)BitConverter.UInt16BitsToHalf(bits));
                break;
            case "BF16":
                Convert(stream, values, bits => BitConverter.UInt32BitsToSingle((uint)bits << 16));
                break;
            default:
                throw new CheckpointException(_path, $"tensor '{name}' is {entry.Type}; only F32, F16 and BF16 are read");
        }

        return values;
    }

    public void Dispose() => _file.Dispose();

    private static void Convert(Stream stream, float[] values, Func<ushort, float> convert)
    {
        var buffer = new byte[Math.Min(Chunk, values.Length) * sizeof(ushort)];
        for (var done = 0; done < values.Length;)
        {
            var count = Math.Min(Chunk, values.Length - done);
            stream.ReadExactly(buffer, 0, count * sizeof(ushort));
            foreach (var bits in MemoryMarshal.Cast<byte, ushort>(buffer.AsSpan(0, count * sizeof(ushort))))
            {
                values[done++] = convert(bits);
            }
        }
    }

    private static Dictionary<string, SafetensorsEntry> ReadEntries(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        if (stream.Length < prefix.Length)
        {
            throw new CheckpointException(path, $"only {stream.Length} bytes; download it again");
        }

        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > MaxHeader || length > stream.Length - prefix.Length)
        {
            throw new CheckpointException(path, "its header is longer than the file; download it again");
        }

        var header = new byte[length];
        stream.ReadExactly(header);
        using var document = JsonDocument.Parse(header);
        var (dataStart, fileLength) = (sizeof(long) + length, stream.Length);
        return document.RootElement.EnumerateObject()
            .Where(tensor => tensor.Name != "__metadata__")
            .ToDictionary(tensor => tensor.Name, tensor => Entry(path, tensor, dataStart, fileLength));
    }

    private static SafetensorsEntry Entry(string path, JsonProperty tensor, long dataStart, long fileLength)
    {
        var type = tensor.Value.GetProperty("dtype").GetString()!;
        long[] shape = [.. tensor.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        var offsets = tensor.Value.GetProperty("data_offsets");
        var (begin, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        if (begin < 0 || end < begin || end > fileLength - dataStart)
        {
            throw new CheckpointException(path, $"tensor '{tensor.Name}' lies beyond the end of the file; download it again");
        }

        var elements = checked(shape.Aggregate(1L, (product, size) => product * size));
        if (shape.Any(size => size < 0) || (SizeOf(type) is > 0 and var width && elements != (end - begin) / width))
        {
            throw new CheckpointException(path, $"tensor '{tensor.Name}' has bytes for another shape than it names; download it again");
        }

        return new SafetensorsEntry(type, shape, dataStart + begin, end - begin);
    }

    /// <summary>0 for types that are not read here.</summary>
    private static int SizeOf(string type) => type switch
    {
        "F32" => sizeof(float),
        "F16" or "BF16" => sizeof(ushort),
        _ => 0,
    };
}
