using GuardedZephyr.Policies;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Classification;

/// <summary>The ONNX session of an encoder with a classification head. Thread-safe.</summary>
internal sealed class EncoderSession : IDisposable
{
    private const string IdsInput = "input_ids";
    private const string MaskInput = "attention_mask";
    private const string SegmentsInput = "token_type_ids";

    private readonly InferenceSession _session;
    private readonly EncoderDescription _description;
    private readonly string _output;
    private readonly bool _isPerToken;

    private EncoderSession(EncoderDescription description, InferenceSession session, string output, bool isPerToken)
    {
        _description = description;
        _session = session;
        _output = output;
        _isPerToken = isPerToken;
    }

    /// <summary>Opens the model and runs it once.</summary>
    /// <param name="isPerToken">Whether the head scores each token, or each text.</param>
    /// <exception cref="ClassifierFolderException">The model is missing, or not what the description says.</exception>
    public static EncoderSession Open(EncoderDescription description, bool isPerToken)
    {
        if (!File.Exists(description.ModelPath))
        {
            throw new ClassifierFolderException($"'{description.ModelPath}' is missing.");
        }

        InferenceSession? session = null;
        try
        {
            using var options = new SessionOptions { ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
            session = new InferenceSession(description.ModelPath, options);
            var opened = new EncoderSession(description, session, OutputOf(description, session, isPerToken), isPerToken);
            long[] text = [description.Tokenizer.Start, description.Tokenizer.End];

            // Texts are judged in batches, sentences one by one: an export that takes one row alone shows here.
            opened.Run(isPerToken ? text : [.. text, .. text], isPerToken ? 1 : 2, CancellationToken.None);
            return opened;
        }
        catch (Exception e) when (e is OnnxRuntimeException or DetectionException)
        {
            session?.Dispose();
            throw new ClassifierFolderException(
                $"'{description.ModelPath}' does not run as a classifier of {(isPerToken ? "tokens" : "texts")}, or is truncated: {(e.InnerException ?? e).Message.ReplaceLineEndings(" ")}", e);
        }
        catch (ClassifierFolderException)
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Scores rows of token ids of one length, which the marks belong to.</summary>
    /// <param name="ids">[rows, tokens]</param>
    /// <param name="cancellationToken">Stops a run that is under way.</param>
    /// <returns>Logits: [rows, tokens, labels] or [rows, labels], not yet known to be numbers.</returns>
    /// <exception cref="DetectionException">The model failed, or gave something of another shape.</exception>
    public float[] Run(long[] ids, int rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var options = new RunOptions();
        using var registration = cancellationToken.Register(() => options.Terminate = true);
        try
        {
            return Run(ids, rows, options);
        }
        catch (OnnxRuntimeException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new DetectionException($"The model '{_description.Name}' failed in ONNX Runtime.", e);
        }
    }

    public void Dispose() => _session.Dispose();

    private float[] Run(long[] ids, int rows, RunOptions options)
    {
        var tokens = ids.Length / rows;
        var ones = new long[ids.Length];
        Array.Fill(ones, 1);
        string[] names = [.. _session.InputNames];
        var inputs = new OrtValue[names.Length];
        try
        {
            for (var i = 0; i < names.Length; i++)
            {
                var values = names[i] switch { IdsInput => ids, MaskInput => ones, _ => new long[ids.Length] };
                inputs[i] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(), [rows, tokens]);
            }

            using var outputs = _session.Run(options, names, inputs, [_output]);
            return Logits(outputs[0], _isPerToken ? [rows, tokens, _description.Labels.Count] : [rows, _description.Labels.Count]);
        }
        finally
        {
            foreach (var input in inputs)
            {
                input?.Dispose();
            }
        }
    }

    private float[] Logits(OrtValue output, long[] shape)
    {
        var given = output.GetTensorTypeAndShape().Shape;
        if (!given.SequenceEqual(shape))
        {
            throw new DetectionException($"The model '{_description.Name}' gave scores of shape [{string.Join(", ", given)}] and not [{string.Join(", ", shape)}].");
        }

        return output.GetTensorDataAsSpan<float>().ToArray();
    }

    private static string OutputOf(EncoderDescription description, InferenceSession session, bool isPerToken)
    {
        var labels = description.Labels.Count;
        foreach (var (name, input) in session.InputMetadata)
        {
            if (name is not (IdsInput or MaskInput or SegmentsInput) || input.ElementType != typeof(long))
            {
                throw new ClassifierFolderException($"'{description.ModelPath}' takes '{name}' of {input.ElementType.Name}; known are {IdsInput}, {MaskInput} and {SegmentsInput} of Int64.");
            }
        }

        if (!session.InputMetadata.ContainsKey(IdsInput))
        {
            throw new ClassifierFolderException($"'{description.ModelPath}' has no input '{IdsInput}'.");
        }

        var output = session.OutputMetadata.ContainsKey("logits") ? "logits" : session.OutputNames[0];
        var shape = session.OutputMetadata[output];
        if (shape.ElementType != typeof(float) || shape.Dimensions.Length != (isPerToken ? 3 : 2))
        {
            throw new ClassifierFolderException($"'{description.ModelPath}': output '{output}' must be floats of [batch, {(isPerToken ? "tokens, " : "")}labels].");
        }

        return shape.Dimensions[^1] < 0 || shape.Dimensions[^1] == labels
            ? output
            : throw new ClassifierFolderException(
                $"'{description.ModelPath}' gives {shape.Dimensions[^1]} scores a {(isPerToken ? "token" : "text")}, {EncoderFolder.ConfigFile} has {labels} labels in id2label.");
    }
}
