using GuardedZephyr.Policies;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Classification;

/// <summary>A token classifier for names: its ONNX session, tokenizer and labels. Thread-safe.</summary>
public sealed class EntityModel : IDisposable
{
    private const string IdsInput = "input_ids";
    private const string MaskInput = "attention_mask";
    private const string SegmentsInput = "token_type_ids";

    private readonly InferenceSession _session;
    private readonly EntityModelDescription _description;
    private readonly string _output;

    private EntityModel(EntityModelDescription description, InferenceSession session, string output)
    {
        _description = description;
        _session = session;
        _output = output;
        EntityTypes = [.. description.Tags.Select(tag => tag.Type).Where(type => type.Length > 0).Distinct()];
    }

    /// <summary>The folder's name.</summary>
    public string Name => _description.Name;

    /// <summary>What the labels name, without their prefixes: <c>PER</c>, <c>LOC</c> ...</summary>
    public IReadOnlyList<string> EntityTypes { get; }

    /// <exception cref="ClassifierFolderException">The folder has not what a token classifier needs; the message names the file and the fault.</exception>
    public static EntityModel Load(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var description = EntityModelFolder.Read(folder);
        if (!File.Exists(description.ModelPath))
        {
            throw new ClassifierFolderException($"'{description.ModelPath}' is missing.");
        }

        InferenceSession? session = null;
        try
        {
            using var options = new SessionOptions { ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
            session = new InferenceSession(description.ModelPath, options);
            var model = new EntityModel(description, session, OutputOf(description, session));
            using var runOptions = new RunOptions();
            model.Run([description.Tokenizer.Start, description.Tokenizer.End], runOptions);
            return model;
        }
        catch (Exception e) when (e is OnnxRuntimeException or DetectionException)
        {
            session?.Dispose();
            throw new ClassifierFolderException($"'{description.ModelPath}' does not run as a token classifier, or is truncated: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (ClassifierFolderException)
        {
            session?.Dispose();
            throw;
        }
    }

    public void Dispose() => _session.Dispose();

    /// <summary>The names in a text, by offset. A sentence that is too long is judged in parts that overlap.</summary>
    /// <param name="expired">Stops a run that is under way.</param>
    /// <exception cref="OperationCanceledException"><paramref name="expired"/> came before the end.</exception>
    internal IReadOnlyList<EntitySpan> Find(string text, CancellationToken expired)
    {
        using var runOptions = new RunOptions();
        using var registration = expired.Register(() => runOptions.Terminate = true);
        var spans = new List<EntitySpan>();
        try
        {
            foreach (var sentence in EntitySentences.Cut(text))
            {
                FindIn(text, sentence, spans, runOptions, expired);
            }
        }
        catch (OnnxRuntimeException e)
        {
            expired.ThrowIfCancellationRequested();
            throw new DetectionException($"The entity model '{Name}' failed in ONNX Runtime.", e);
        }

        return EntitySpan.Merge(spans);
    }

    private void FindIn(string text, TextWindow window, List<EntitySpan> spans, RunOptions runOptions, CancellationToken expired)
    {
        expired.ThrowIfCancellationRequested();
        var tokens = _description.Tokenizer.Tokenize(text.AsSpan(window.Start, window.Length));
        if (tokens.Count > _description.MaxTokens && EntitySentences.Halve(text, window) is { } halves)
        {
            FindIn(text, halves.Left, spans, runOptions, expired);
            FindIn(text, halves.Right, spans, runOptions, expired);
            return;
        }

        if (tokens.Count > _description.MaxTokens)
        {
            throw new DetectionException($"The entity model '{Name}' cannot judge one character of {tokens.Count} tokens.");
        }

        if (tokens.Any(token => token.StartsWord))
        {
            var scores = Run([_description.Tokenizer.Start, .. tokens.Select(token => (long)token.Id), _description.Tokenizer.End], runOptions);
            Collect(tokens, scores, window.Start, spans);
        }
    }

    /// <summary>The first token of a word says what the word is; the words of one name become one span.</summary>
    private void Collect(IReadOnlyList<EntityToken> tokens, float[] scores, int offset, List<EntitySpan> spans)
    {
        var open = default(EntitySpan);
        var words = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].StartsWord)
            {
                continue;
            }

            var (tag, probability) = Best(scores.AsSpan((i + 1) * _description.Tags.Count, _description.Tags.Count));
            var goesOn = words > 0 && tag.Position is (EntityPosition.Inside or EntityPosition.End) && tag.Type == open.Type;
            if (words > 0 && !goesOn)
            {
                spans.Add(open with { Score = open.Score / words });
                words = 0;
            }

            if (tag.Position != EntityPosition.Outside)
            {
                var start = goesOn ? open.Start : offset + tokens[i].Start;
                open = new EntitySpan(tag.Type, start, offset + tokens[i].Start + tokens[i].Length - start, (goesOn ? open.Score : 0) + probability);
                words++;
            }

            if (tag.Position is EntityPosition.End or EntityPosition.Single)
            {
                spans.Add(open with { Score = open.Score / words });
                words = 0;
            }
        }

        if (words > 0)
        {
            spans.Add(open with { Score = open.Score / words });
        }
    }

    /// <summary>The most probable tag, and its softmax probability.</summary>
    private (EntityTag Tag, double Probability) Best(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 0; i < logits.Length; i++)
        {
            if (!float.IsFinite(logits[i]))
            {
                throw new DetectionException($"The entity model '{Name}' gave something that is no number.");
            }

            best = logits[i] > logits[best] ? i : best;
        }

        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - logits[best]);
        }

        return (_description.Tags[best], 1 / sum);
    }

    /// <returns>The logits, row by row.</returns>
    private float[] Run(long[] ids, RunOptions runOptions)
    {
        long[] shape = [1, ids.Length];
        var ones = new long[ids.Length];
        Array.Fill(ones, 1);
        string[] names = [.. _session.InputNames];
        var inputs = new OrtValue[names.Length];
        try
        {
            for (var i = 0; i < names.Length; i++)
            {
                var values = names[i] switch { IdsInput => ids, MaskInput => ones, _ => new long[ids.Length] };
                inputs[i] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(), shape);
            }

            using var outputs = _session.Run(runOptions, names, inputs, [_output]);
            var logits = outputs[0].GetTensorDataAsSpan<float>();
            return logits.Length == ids.Length * _description.Tags.Count
                ? logits.ToArray()
                : throw new DetectionException($"The entity model '{Name}' gave {logits.Length} scores for {ids.Length} tokens and {_description.Tags.Count} labels.");
        }
        finally
        {
            foreach (var input in inputs)
            {
                input?.Dispose();
            }
        }
    }

    private static string OutputOf(EntityModelDescription description, InferenceSession session)
    {
        var labels = description.Tags.Count;
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
        if (shape.ElementType != typeof(float) || shape.Dimensions.Length != 3)
        {
            throw new ClassifierFolderException($"'{description.ModelPath}': output '{output}' must be floats of [batch, tokens, labels].");
        }

        return shape.Dimensions[2] < 0 || shape.Dimensions[2] == labels
            ? output
            : throw new ClassifierFolderException($"'{description.ModelPath}' gives {shape.Dimensions[2]} scores a token, {EntityModelFolder.ConfigFile} has {labels} labels in id2label.");
    }
}
