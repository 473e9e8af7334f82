using GuardedZephyr.Policies;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Classification;

/// <summary>Runs the model on a batch of windows. Thread-safe; owns the session.</summary>
internal sealed class WindowScorer(InferenceSession session, string name, IReadOnlyList<string> labels, int buckets) : IDisposable
{
    public const string WordsInput = "words";
    public const string NgramsInput = "ngrams";
    public const string NgramWordsInput = "ngram_words";
    public const string NgramSharesInput = "ngram_shares";
    public const string PlacesInput = "places";
    public const string ScoresOutput = "scores";

    private static readonly string[] _inputNames = [WordsInput, NgramsInput, NgramWordsInput, NgramSharesInput, PlacesInput];
    private static readonly string[] _outputNames = [ScoresOutput];

    private readonly RunOptions _runOptions = new();

    /// <returns>[windows, labels], each from 0 to 1.</returns>
    /// <exception cref="DetectionException">The model failed or gave something that is no score.</exception>
    public float[] Score(WindowBatch batch)
    {
        float[] scores;
        try
        {
            scores = Run(batch);
        }
        catch (OnnxRuntimeException e)
        {
            throw new DetectionException($"The harm classifier '{name}' failed in ONNX Runtime.", e);
        }

        for (var i = 0; i < scores.Length; i++)
        {
            if (!(scores[i] is >= 0 and <= 1))
            {
                throw new DetectionException($"The harm classifier '{name}' gave no score from 0 to 1 for label '{labels[i % labels.Count]}'.");
            }
        }

        return scores;
    }

    /// <summary>Wrong names, types, a table that is too small or another number of labels show here and not at the first request.</summary>
    /// <exception cref="ClassifierFolderException">The model is not what the description says.</exception>
    public void Check()
    {
        var (inputs, outputs) = (session.InputMetadata, session.OutputMetadata);
        if (!_inputNames.Order(StringComparer.Ordinal).SequenceEqual(inputs.Keys.Order(StringComparer.Ordinal))
            || _inputNames.Any(input => inputs[input].ElementType != TypeOf(input))
            || !outputs.TryGetValue(ScoresOutput, out var output) || output.ElementType != typeof(float) || output.Dimensions.Length != 2 || output.Dimensions[1] != labels.Count)
        {
            throw new ClassifierFolderException(
                $"Classifier '{name}': {ClassifierFolder.ModelFile} must take {string.Join(", ", _inputNames)} and give '{ScoresOutput}', {labels.Count} float scores a window as {ClassifierFolder.DescriptionFile} lists labels.");
        }

        Run(new WindowBatch { Windows = [new TextWindow(0, 1)], Words = [buckets - 1], Ngrams = [buckets - 1], NgramWords = [0], NgramShares = [1], Places = [0], Longest = 1 });
    }

    public void Dispose()
    {
        session.Dispose();
        _runOptions.Dispose();
    }

    private static Type TypeOf(string input) => input switch { NgramWordsInput => typeof(long), NgramSharesInput => typeof(float), _ => typeof(int) };

    private float[] Run(WindowBatch batch)
    {
        var (count, windows) = (batch.Words.Length, batch.Windows.Count);
        using var words = OrtValue.CreateTensorValueFromMemory(batch.Words, [count]);
        using var ngrams = OrtValue.CreateTensorValueFromMemory(batch.Ngrams, [batch.Ngrams.Length]);
        using var ngramWords = OrtValue.CreateTensorValueFromMemory(batch.NgramWords, [batch.NgramWords.Length, 1]);
        using var shares = OrtValue.CreateTensorValueFromMemory(batch.NgramShares, [count, 1]);
        using var places = OrtValue.CreateTensorValueFromMemory(batch.Places, [windows, batch.Longest]);
        var scores = new float[windows * labels.Count];
        using var output = OrtValue.CreateTensorValueFromMemory(scores, [windows, labels.Count]);
        session.Run(_runOptions, _inputNames, [words, ngrams, ngramWords, shares, places], _outputNames, [output]);
        return scores;
    }
}
