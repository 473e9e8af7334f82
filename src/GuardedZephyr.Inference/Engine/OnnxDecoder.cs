using System.Globalization;
using GuardedZephyr.Inference.Kernels;
using GuardedZephyr.Inference.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GuardedZephyr.Inference.Engine;

/// <summary>
/// The model's ONNX Runtime session. Each layer's cache is one buffer of the whole context, bound as past and as present, which
/// GroupQueryAttention then updates in place; a shorter past simply leaves what lies behind it unread.
/// </summary>
internal sealed class OnnxDecoder : IDecoder
{
    private readonly DecoderShape _shape;
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _cache = [];
    private readonly long[] _mask;
    private readonly bool _lastTokenOnly;
    private OrtValue _logits;

    public OnnxDecoder(ModelFolder folder, EngineOptions options, int contextLength)
    {
        _shape = folder.Decoder;
        VocabularySize = folder.VocabularySize;
        _session = Open(folder, options);
        try
        {
            _lastTokenOnly = CheckGraph(folder);
            _binding = _session.CreateIoBinding();
            _mask = new long[contextLength];
            Array.Fill(_mask, 1);
            BindCache(contextLength);
            _logits = CreateLogits(1);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int VocabularySize { get; }

    public Span<float> Run(scoped ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var inputs = new long[ids.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = ids[i];
        }

        using var inputIds = OrtValue.CreateTensorValueFromMemory(inputs, [1, inputs.Length]);
        using var mask = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _mask.AsMemory(0, past + ids.Length), [1, past + ids.Length]);
        _binding.BindInput(_shape.InputIds, inputIds);
        _binding.BindInput(_shape.AttentionMask, mask);
        var rows = _lastTokenOnly ? 1 : ids.Length;
        if (_logits.GetTensorTypeAndShape().Shape[1] != rows)
        {
            _logits.Dispose();
            _logits = CreateLogits(rows);
        }

        _binding.BindOutput(_shape.Logits, _logits);
        using var options = new RunOptions();
        using var registration = cancellationToken.Register(() => options.Terminate = true);
        try
        {
            _session.RunWithBinding(options, _binding);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        return _logits.GetTensorMutableDataAsSpan<float>()[((rows - 1) * VocabularySize)..];
    }

    public void Dispose()
    {
        _binding?.Dispose();
        _logits?.Dispose();
        _cache.ForEach(value => value.Dispose());
        _session.Dispose();
    }

    private static InferenceSession Open(ModelFolder folder, EngineOptions options)
    {
        // What ONNX Runtime would print on standard error comes as an exception too.
        using var session = new SessionOptions { IntraOpNumThreads = options.Threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            return Int4Graph.Open(folder.ModelPath, session);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFolderException(folder.ModelPath, $"ONNX Runtime cannot load it ({FirstLine(e)}); copy or export the model again", e);
        }
    }

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].Trim();

    /// <summary>Compares the graph with genai_config.json.</summary>
    /// <returns>Whether the graph gives logits for the last token only.</returns>
    private bool CheckGraph(ModelFolder folder)
    {
        var needed = Enumerable.Range(0, _shape.Layers).SelectMany(layer => new[] { Name(_shape.PastKeys, layer), Name(_shape.PastValues, layer) })
            .Append(_shape.InputIds).Append(_shape.AttentionMask).ToList();
        Require(needed.All(_session.InputMetadata.ContainsKey) && _session.InputMetadata.Count == needed.Count, "its inputs are not those of genai_config.json");
        var presents = Enumerable.Range(0, _shape.Layers).SelectMany(layer => new[] { Name(_shape.PresentKeys, layer), Name(_shape.PresentValues, layer) });
        Require(presents.Append(_shape.Logits).All(_session.OutputMetadata.ContainsKey), "its outputs are not those of genai_config.json");
        var cache = _session.InputMetadata[Name(_shape.PastKeys, 0)];
        Require(
            cache.ElementDataType == TensorElementType.Float && cache.Dimensions is [_, var heads, _, var size] && heads == _shape.KeyValueHeads && size == _shape.HeadSize,
            "its KV cache is not float32 of the heads and head size in genai_config.json");
        var logits = _session.OutputMetadata[_shape.Logits];
        Require(logits.ElementDataType == TensorElementType.Float && logits.Dimensions is [_, _, var vocabulary] && vocabulary == VocabularySize, "its logits are not float32 of the vocabulary in genai_config.json");
        return logits.Dimensions[1] == 1;

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                throw new ModelFolderException(folder.ModelPath, $"{problem}; export the model again");
            }
        }
    }

    private void BindCache(int contextLength)
    {
        long[] shape = [1, _shape.KeyValueHeads, contextLength, _shape.HeadSize];
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            foreach (var (past, present) in new[] { (_shape.PastKeys, _shape.PresentKeys), (_shape.PastValues, _shape.PresentValues) })
            {
                var buffer = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, shape);
                _cache.Add(buffer);
                _binding.BindInput(Name(past, layer), buffer);
                _binding.BindOutput(Name(present, layer), buffer);
            }
        }
    }

    private OrtValue CreateLogits(int rows) =>
        OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [1, rows, VocabularySize]);

    private static string Name(string pattern, int layer) => pattern.Replace("%d", layer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
