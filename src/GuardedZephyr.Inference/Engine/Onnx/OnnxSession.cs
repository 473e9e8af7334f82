using System.Globalization;
using GuardedZephyr.Inference.Kernels;
using GuardedZephyr.Inference.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GuardedZephyr.Inference.Engine;

/// <summary>Opens a folder's graph and compares it with genai_config.json.</summary>
internal static class OnnxSession
{
    /// <param name="exact">Whether a token's result does not depend, to the bit, on what it is computed together with.</param>
    public static InferenceSession Open(ModelFolder folder, int threads, out bool exact)
    {
        if (folder.Target != ModelTarget.Cpu)
        {
            throw WrongTarget(folder, $"it is exported for {folder.Target.ToString().ToLowerInvariant()}");
        }

        // What ONNX Runtime would print on standard error comes as an exception too.
        using var session = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            return KernelGraph.Open(folder.ModelPath, folder.Decoder, session, out exact);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFolderException(folder.ModelPath, $"ONNX Runtime cannot load it ({FirstLine(e)}); copy or export the model again", e);
        }
    }

    /// <returns>Whether the graph gives logits for the last token only.</returns>
    public static bool CheckGraph(InferenceSession session, ModelFolder folder)
    {
        var shape = folder.Decoder;
        if (session.OutputMetadata.TryGetValue(shape.Logits, out var logits) && logits.ElementDataType == TensorElementType.Float16)
        {
            throw WrongTarget(folder, "its logits and its KV cache are float16, as exports for directml and cuda have them");
        }

        var needed = Enumerable.Range(0, shape.Layers).SelectMany(layer => new[] { Name(shape.PastKeys, layer), Name(shape.PastValues, layer) })
            .Append(shape.InputIds).Append(shape.AttentionMask).ToList();
        Require(needed.All(session.InputMetadata.ContainsKey) && session.InputMetadata.Count == needed.Count, "its inputs are not those of genai_config.json");
        var presents = Enumerable.Range(0, shape.Layers).SelectMany(layer => new[] { Name(shape.PresentKeys, layer), Name(shape.PresentValues, layer) });
        Require(presents.Append(shape.Logits).All(session.OutputMetadata.ContainsKey), "its outputs are not those of genai_config.json");
        var cache = session.InputMetadata[Name(shape.PastKeys, 0)];
        Require(
            cache.ElementDataType is TensorElementType.Float or TensorElementType.Float16 && cache.Dimensions is [_, var heads, _, var size] && heads == shape.KeyValueHeads && size == shape.HeadSize,
            "its KV cache is not float32 of the heads and head size in genai_config.json");
        Require(logits!.ElementDataType == TensorElementType.Float && logits.Dimensions is [_, _, var vocabulary] && vocabulary == folder.VocabularySize, "its logits are not float32 of the vocabulary in genai_config.json");
        return logits.Dimensions[1] == 1;

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                throw new ModelFolderException(folder.ModelPath, $"{problem}; export the model again");
            }
        }
    }

    public static string Name(string pattern, int layer) => pattern.Replace("%d", layer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static ModelFolderException WrongTarget(ModelFolder folder, string problem) => new(
        folder.ModelPath,
        $"{problem}, and this is the engine for the CPU; export the model again with 'zephyr model export --from <checkpoint> --to <folder> --target cpu', or run this one on its device (Model:Device, docs/devices.md)");

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].Trim();
}
