using System.Globalization;

namespace GuardedZephyr.Inference.Models;

/// <summary>Compares a graph with the genai_config.json beside it, and the weights with the graph, before anything is loaded.</summary>
internal static class GraphCheck
{
    private const int Float32 = 1, Float16 = 10;

    /// <exception cref="ModelFolderException">They are not of one model, or weights are missing, cut off or elsewhere.</exception>
    public static void Run(string folder, string modelPath, GenAiConfig config)
    {
        var header = OnnxHeader.Read(modelPath);
        foreach (var (location, length) in header.ExternalData)
        {
            CheckData(folder, modelPath, location, length);
        }

        CheckValues(modelPath, header, config.Decoder, config.VocabularySize);
    }

    private static void CheckData(string folder, string modelPath, string location, long length)
    {
        if (!FolderBoundary.IsInnerName(location))
        {
            throw new ModelFolderException(modelPath, "its weights are to be read from outside the model folder; do not use it, and export the model again");
        }

        var path = Path.Combine(folder, location);
        FolderBoundary.Check(folder, path);
        using var file = File.OpenHandle(path);
        if (RandomAccess.GetLength(file) is var actual && actual < length)
        {
            throw new ModelFolderException(path, $"{actual} bytes where {Path.GetFileName(modelPath)} reads {length}; it is cut off or of another model, so copy or export the model again");
        }
    }

    private static void CheckValues(string modelPath, OnnxHeader header, DecoderShape shape, int vocabulary)
    {
        var layers = Enumerable.Range(0, shape.Layers).ToList();
        var pasts = layers.SelectMany(layer => new[] { Name(shape.PastKeys, layer), Name(shape.PastValues, layer) }).Distinct().ToList();
        Require(
            pasts.Append(shape.InputIds).Append(shape.AttentionMask).All(header.Inputs.ContainsKey) && pasts.Count == 2 * shape.Layers && !header.Inputs.ContainsKey(Name(shape.PastKeys, shape.Layers)),
            "its inputs are not those of genai_config.json");
        var presents = layers.SelectMany(layer => new[] { Name(shape.PresentKeys, layer), Name(shape.PresentValues, layer) });
        Require(presents.Append(shape.Logits).All(header.Outputs.ContainsKey), "its outputs are not those of genai_config.json");

        // Quantized caches pack several numbers into an element, so their last dimension is another.
        Require(
            pasts.Select(name => header.Inputs[name]).All(past => past.Dimensions is [_, var heads, _, var size]
                && Fits(heads, shape.KeyValueHeads) && (past.ElementType is not (Float32 or Float16) || Fits(size, shape.HeadSize))),
            "its KV cache is not of the heads and head size in genai_config.json");
        Require(header.Outputs[shape.Logits].Dimensions is [.., var width] && Fits(width, vocabulary), "its logits are not of the vocabulary in genai_config.json");

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                throw new ModelFolderException(modelPath, $"{problem}; take both from one export");
            }
        }
    }

    private static bool Fits(long dimension, int expected) => dimension < 0 || dimension == expected;

    private static string Name(string pattern, int layer) => pattern.Replace("%d", layer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
