using System.Text.Json;

namespace GuardedZephyr.Modeling.Safetensors;

/// <summary>The tensors of a Hugging Face folder: model.safetensors, or the files that model.safetensors.index.json names. Thread-safe.</summary>
public sealed class Checkpoint : IDisposable
{
    public const string SingleFile = "model.safetensors";
    public const string IndexFile = "model.safetensors.index.json";

    private readonly string _index;
    private readonly Dictionary<string, SafetensorsReader> _files = [];
    private readonly Dictionary<string, SafetensorsReader> _tensors = [];

    private Checkpoint(string index) => _index = index;

    /// <exception cref="CheckpointException">A file is missing, cut off, not what the index says, or outside the folder.</exception>
    public static Checkpoint Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var index = Path.Combine(folder, IndexFile);
        var checkpoint = new Checkpoint(File.Exists(index) ? index : Path.Combine(folder, SingleFile));
        try
        {
            if (File.Exists(index))
            {
                checkpoint.OpenShards(folder);
            }
            else
            {
                checkpoint.Add(SingleFile, checkpoint._index);
            }

            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    public bool Contains(string name) => _tensors.ContainsKey(name);

    /// <summary>Values of a tensor, row-major.</summary>
    /// <exception cref="CheckpointException">The tensor is missing, has another shape or a type that is not read here.</exception>
    public float[] Read(string name, params ReadOnlySpan<long> shape) => FileOf(name).Read(name, shape);

    /// <summary>Finds a tensor without reading it.</summary>
    /// <exception cref="CheckpointException">The tensor is missing, has another shape or a type that is not read here.</exception>
    public SafetensorsEntry Require(string name, params ReadOnlySpan<long> shape) => FileOf(name).Require(name, shape);

    /// <param name="offset">Bytes from the tensor's start.</param>
    internal void ReadBytes(string name, long offset, Span<byte> bytes)
    {
        var file = FileOf(name);
        file.ReadBytes(file.Entries[name], offset, bytes);
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    private void OpenShards(string folder)
    {
        foreach (var (tensor, file) in ReadIndex())
        {
            if (file != Path.GetFileName(file) || file.Contains('\\', StringComparison.Ordinal) || file is "" or "." or "..")
            {
                throw new CheckpointException(_index, $"it puts tensor '{tensor}' into '{file}', which is not the plain name of a file in the folder");
            }

            if (!_files.ContainsKey(file))
            {
                Add(file, Path.Combine(folder, file));
            }

            if (!_files[file].Entries.ContainsKey(tensor))
            {
                throw new CheckpointException(Path.Combine(folder, file), $"tensor '{tensor}' is missing, but {IndexFile} says it is there; download it again");
            }
        }
    }

    private Dictionary<string, string> ReadIndex()
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(_index));
            return document.RootElement.GetProperty("weight_map").EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => tensor.Value.GetString() ?? "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new CheckpointException(_index, "not an index of safetensors files; download it again", e);
        }
    }

    private void Add(string name, string path)
    {
        var file = SafetensorsReader.Open(path);
        _files.Add(name, file);
        foreach (var tensor in file.Entries.Keys)
        {
            _tensors.TryAdd(tensor, file);
        }
    }

    private SafetensorsReader FileOf(string name) => _tensors.TryGetValue(name, out var file)
        ? file
        : throw new CheckpointException(_index, $"tensor '{name}' is missing; the checkpoint is not a complete StableLM model");
}
