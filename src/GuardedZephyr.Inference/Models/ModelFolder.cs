using GuardedZephyr.Inference.Sampling;

namespace GuardedZephyr.Inference.Models;

/// <summary>A checked model folder in onnxruntime-genai's layout: what the engine needs to know before it spends memory on the weights.</summary>
public sealed record ModelFolder
{
    /// <summary>The folder's own name, which is what clients see as the model's id.</summary>
    public required string Name { get; init; }

    /// <summary>The ONNX file.</summary>
    public required string ModelPath { get; init; }

    /// <summary>The Hugging Face tokenizer.json.</summary>
    public required string TokenizerPath { get; init; }

    /// <summary>Tokens of prompt and reply together that the model takes at most.</summary>
    public required int ContextLength { get; init; }

    public required int VocabularySize { get; init; }

    /// <summary>Ids that end a reply.</summary>
    public required IReadOnlyList<int> EndIds { get; init; }

    public required DecoderShape Decoder { get; init; }

    /// <summary>What the graph was exported for.</summary>
    public ModelTarget Target { get; init; }

    /// <summary>Sampling where a request says nothing: the search section of genai_config.json.</summary>
    public required SamplingSettings Sampling { get; init; }

    /// <exception cref="ModelFolderException">A file is missing, unreadable, incomplete or of another kind.</exception>
    public static ModelFolder Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            throw new ModelFolderException(folder, "there is no such folder; give the path of a model folder, for example models/zephyr-nano");
        }

        var config = GenAiConfig.Read(folder);
        foreach (var name in new[] { config.ModelFile, "tokenizer.json", "tokenizer_config.json" })
        {
            if (!File.Exists(Path.Combine(folder, name)))
            {
                throw new ModelFolderException(Path.Combine(folder, name), "missing; a model folder needs it, so export or copy the model again");
            }
        }

        FileIndex.Check(folder);
        return new ModelFolder
        {
            Name = Path.GetFileName(folder),
            ModelPath = Path.Combine(folder, config.ModelFile),
            TokenizerPath = Path.Combine(folder, "tokenizer.json"),
            ContextLength = config.ContextLength,
            VocabularySize = config.VocabularySize,
            EndIds = config.EndIds,
            Decoder = config.Decoder,
            Target = config.Target,
            Sampling = config.Sampling,
        };
    }
}
