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

    /// <summary>Everything is written to a folder beside the target and renamed when complete.</summary>
    /// <param name="from">Folder with config.json, model.safetensors or model.safetensors.index.json and its files, tokenizer.json and tokenizer_config.json.</param>
    /// <param name="to">Must not exist, or be empty.</param>
    /// <exception cref="CheckpointException">The checkpoint is incomplete or not a StableLM model.</exception>
    /// <exception cref="IOException">The target exists.</exception>
    public static void Export(
        string from, string to, ExportOptions options, IProgress<ExportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(from);
        ArgumentException.ThrowIfNullOrWhiteSpace(to);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problem is { } problem)
        {
            throw new ArgumentException(problem, nameof(options));
        }

        var folder = new PartialFolder(to);
        var config = StableLmConfig.Read(Path.Combine(from, "config.json"));
        var generation = Generation(Path.Combine(from, "generation_config.json"));
        TokenizerCopy.Check(from);
        using var checkpoint = Checkpoint.Open(from);
        config = config with { QueryKeyValueBias = config.QueryKeyValueBias ?? checkpoint.Contains("model.layers.0.self_attn.q_proj.bias") };
        var graph = StableLmGraph.Create(config, checkpoint, from, options);
        var total = graph.Initializers.Sum(tensor => tensor.ByteLength);
        var written = progress is null ? null : new BytesWritten(bytes => progress.Report(new ExportProgress(Math.Min(bytes, total), total)));
        folder.Write(total, partial =>
        {
            OnnxFile.Save(graph, Path.Combine(partial, ModelFile), $"{ModelFile}.data", written, cancellationToken);
            TokenizerCopy.Write(from, partial);
            GenAiConfigWriter.Write(partial, config, options.Target, ModelFile, generation);
            FileIndex.Write(partial);
        });
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

    /// <summary>Reports on the calling thread; <see cref="Progress{T}"/> would report late and out of order.</summary>
    private sealed class BytesWritten(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
