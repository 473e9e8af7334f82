using System.Text.Json;
using System.Text.Json.Nodes;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling.Onnx;
using GuardedZephyr.Modeling.Safetensors;

namespace GuardedZephyr.Modeling.StableLm;

/// <summary>Turns a Hugging Face checkpoint of a StableLM model into a model folder in onnxruntime-genai's layout.</summary>
public static class StableLmExporter
{
    private const string ModelFile = "model.onnx";
    private static readonly string[] TokenizerFiles = ["tokenizer.json", "tokenizer_config.json"];

    /// <summary>Everything is written to a folder beside the target and renamed when complete.</summary>
    /// <param name="from">Folder with config.json, model.safetensors, tokenizer.json and tokenizer_config.json.</param>
    /// <param name="to">Must not exist, or be empty.</param>
    /// <exception cref="CheckpointException">The checkpoint is incomplete or not a StableLM model.</exception>
    /// <exception cref="IOException">The target exists.</exception>
    public static void Export(
        string from, string to, ExportPrecision precision, IProgress<ExportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(from);
        ArgumentException.ThrowIfNullOrWhiteSpace(to);
        to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));
        if (File.Exists(to) || (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()))
        {
            throw new IOException($"The target '{to}' exists already; delete it or give another.");
        }

        var config = StableLmConfig.Read(Path.Combine(from, "config.json"));
        foreach (var file in TokenizerFiles.Where(file => !File.Exists(Path.Combine(from, file))))
        {
            throw new CheckpointException(Path.Combine(from, file), "missing; download the tokenizer's files too");
        }

        using var checkpoint = SafetensorsReader.Open(Path.Combine(from, "model.safetensors"));
        var partial = to + ".partial";
        Delete(partial);
        Directory.CreateDirectory(partial);
        try
        {
            Write(from, partial, config, checkpoint, precision, progress, cancellationToken);
            Delete(to);
            Directory.Move(partial, to);
        }
        finally
        {
            Delete(partial);
        }
    }

    private static void Write(
        string from, string folder, StableLmConfig config, SafetensorsReader checkpoint, ExportPrecision precision, IProgress<ExportProgress>? progress, CancellationToken cancellationToken)
    {
        var graph = StableLmGraph.Create(config, checkpoint, precision);
        var total = graph.Initializers.Sum(tensor => tensor.ByteLength);
        var written = progress is null ? null : new BytesWritten(bytes => progress.Report(new ExportProgress(Math.Min(bytes, total), total)));
        OnnxFile.Save(graph, Path.Combine(folder, ModelFile), $"{ModelFile}.data", written, cancellationToken);
        foreach (var file in TokenizerFiles)
        {
            File.Copy(Path.Combine(from, file), Path.Combine(folder, file));
        }

        GenAiConfigWriter.Write(folder, config, ModelFile, Generation(Path.Combine(from, "generation_config.json")));
        FileIndex.Write(folder);
    }

    private static JsonNode? Generation(string path)
    {
        try
        {
            return File.Exists(path) ? JsonNode.Parse(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException e)
        {
            throw new CheckpointException(path, "not valid JSON", e);
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Reports on the calling thread; <see cref="Progress{T}"/> would report late and out of order.</summary>
    private sealed class BytesWritten(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
