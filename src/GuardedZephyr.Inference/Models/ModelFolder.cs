using System.Text.Json;
using GuardedZephyr.Inference.Sampling;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Inference.Models;

/// <summary>A checked model folder in onnxruntime-genai's layout: what the engine needs to know before it spends memory on the weights.</summary>
public sealed record ModelFolder
{
    private const string TokenizerFile = "tokenizer.json";
    private const string TokenizerConfigFile = "tokenizer_config.json";

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

        FileIndex.Check(folder);
        var config = GenAiConfig.Read(folder);
        var (modelPath, tokenizerPath) = (Path.Combine(folder, config.ModelFile), Path.Combine(folder, TokenizerFile));
        foreach (var file in new[] { Path.Combine(folder, GenAiConfig.FileName), modelPath, tokenizerPath, Path.Combine(folder, TokenizerConfigFile) })
        {
            FolderBoundary.Check(folder, file);
        }

        CheckJson(Path.Combine(folder, TokenizerConfigFile));
        GraphCheck.Run(folder, modelPath, config);
        return new ModelFolder
        {
            Name = Path.GetFileName(folder),
            ModelPath = modelPath,
            TokenizerPath = tokenizerPath,
            ContextLength = config.ContextLength,
            VocabularySize = config.VocabularySize,
            EndIds = config.EndIds,
            Decoder = config.Decoder,
            Target = config.Target,
            Sampling = config.Sampling,
        };
    }

    /// <exception cref="ModelFolderException">The tokenizer cannot be read, or is of another model.</exception>
    public BytePairTokenizer LoadTokenizer()
    {
        var tokenizer = BytePairTokenizer.Load(TokenizerPath);
        if (tokenizer.VocabularySize > VocabularySize)
        {
            throw new ModelFolderException(TokenizerPath, $"it has ids up to {tokenizer.VocabularySize - 1}, the model only {VocabularySize}; take both from one export");
        }

        return EndIds.FirstOrDefault(id => !tokenizer.BytesOf(id).IsEmpty, -1) is var text and >= 0
            ? throw new ModelFolderException(TokenizerPath, $"the id {text}, which ends a reply in genai_config.json, is ordinary text in it; take both from one export")
            : tokenizer;
    }

    /// <summary>onnxruntime-genai reads tokenizer_config.json; here it only has to be whole.</summary>
    private static void CheckJson(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(BoundedFile.ReadAllBytes(path, BoundedFile.MaxSettings), new JsonDocumentOptions { MaxDepth = BoundedFile.MaxDepth });
        }
        catch (JsonException e)
        {
            throw new ModelFolderException(path, $"not valid JSON at line {e.LineNumber + 1}; copy or export the model again", e);
        }
    }
}
