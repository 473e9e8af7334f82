using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace GuardedZephyr.Modeling.Safetensors;

/// <summary>Reads one safetensors file; only what is asked for comes into memory. Thread-safe.</summary>
public sealed class SafetensorsReader : IDisposable
{
    private const long MaxHeader = 100_000_000;
    private const int Chunk = 1 << 20;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly Dictionary<string, SafetensorsEntry> _entries;

    private SafetensorsReader(string path, SafeFileHandle file, Dictionary<string, SafetensorsEntry> entries) =>
        (_path, _file, _entries) = (path, file, entries);

    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <exception cref="CheckpointException">The file is missing, cut off or not safetensors.</exception>
    public static SafetensorsReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var entries = ReadEntries(path);
            return new SafetensorsReader(path, File.OpenHandle(path, options: FileOptions.SequentialScan), entries);
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
        var entry = Require(name, shape);
        var width = TensorNumbers.SizeOf(entry.Type);
        var values = new float[entry.Length / width];
        var buffer = new byte[Math.Min(Chunk, values.Length) * width];
        for (var done = 0; done < values.Length;)
        {
            var count = Math.Min(Chunk, values.Length - done);
            ReadBytes(entry, (long)done * width, buffer.AsSpan(0, count * width));
            TensorNumbers.Widen(entry.Type, buffer.AsSpan(0, count * width), values.AsSpan(done, count));
            done += count;
        }

        return values;
    }

    /// <summary>Finds a tensor without reading it.</summary>
    /// <exception cref="CheckpointException">The tensor is missing, has another shape or a type that is not read here.</exception>
    public SafetensorsEntry Require(string name, params ReadOnlySpan<long> shape)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            throw new CheckpointException(_path, $"tensor '{name}' is missing; the checkpoint is not a complete StableLM model");
        }

        if (!shape.SequenceEqual(entry.Shape.ToArray()))
        {
            throw new CheckpointException(_path, $"tensor '{name}' has shape [{string.Join(", ", entry.Shape)}] where config.json asks for [{string.Join(", ", shape.ToArray())}]");
        }

        return TensorNumbers.SizeOf(entry.Type) > 0
            ? entry
            : throw new CheckpointException(_path, $"tensor '{name}' is {entry.Type}; only F32, F16 and BF16 are read");
    }

    /// <param name="entry">Of this file.</param>
    /// <param name="offset">Bytes from the tensor's start.</param>
    /// <exception cref="CheckpointException">The file ends before the tensor does.</exception>
    internal void ReadBytes(SafetensorsEntry entry, long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = RandomAccess.Read(_file, bytes, entry.Offset + offset);
            if (count == 0)
            {
                throw new CheckpointException(_path, "it became shorter while it was read; download it again");
            }

            bytes = bytes[count..];
            offset += count;
        }
    }

    public void Dispose() => _file.Dispose();

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
        if (shape.Any(size => size < 0) || (TensorNumbers.SizeOf(type) is > 0 and var width && elements != (end - begin) / width))
        {
            throw new CheckpointException(path, $"tensor '{tensor.Name}' has bytes for another shape than it names; download it again");
        }

        return new SafetensorsEntry(type, shape, dataStart + begin, end - begin);
    }
}
