using System.Buffers;
using GuardedZephyr.Policies;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Classification;

/// <summary>Scores a text for each harm label. Thread-safe; runs on the calling thread.</summary>
public sealed class HarmClassifier : IWindowClassifier, IDisposable
{
    /// <summary>A longer text (in UTF-16 code units) is refused, never cut.</summary>
    public const int LongestText = 1_000_000;

    internal const string FeaturesInput = "features";
    internal const string ScoresOutput = "scores";

    private static readonly string[] _inputNames = [FeaturesInput];
    private static readonly string[] _outputNames = [ScoresOutput];

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly FeatureExtractor _extractor;
    private readonly int _windowLength;
    private readonly string[] _labels;

    private HarmClassifier(ClassifierDescription description, InferenceSession session)
    {
        _session = session;
        _extractor = new FeatureExtractor(description.Features);
        _windowLength = description.Features.WindowLength;
        _labels = [.. description.Labels.Select(label => label.Name)];
        Name = description.Name;
        Sha256 = description.Sha256;
    }

    public string Name { get; }

    /// <summary>In the order of <see cref="Classify"/>'s scores.</summary>
    public IReadOnlyList<string> Labels => _labels;

    /// <summary>Digest of the model file, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <exception cref="ClassifierFolderException">The folder has not what a classifier needs; the message says what.</exception>
    public static HarmClassifier Load(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var (description, model) = ClassifierFolder.Read(folder);
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        InferenceSession? session = null;
        try
        {
            session = new InferenceSession(model, options);
            var classifier = new HarmClassifier(description, session);
            classifier.CheckShapes(description.Features.Buckets);
            return classifier;
        }
        catch (OnnxRuntimeException e)
        {
            session?.Dispose();
            throw new ClassifierFolderException(
                $"'{Path.Combine(folder, ClassifierFolder.ModelFile)}' does not run as {ClassifierFolder.DescriptionFile} describes it: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (ClassifierFolderException)
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>The score of each label: the highest of all windows of the text. A text without words scores 0.</summary>
    /// <exception cref="DetectionException">The text is longer than <see cref="LongestText"/>, or the model gave something that is no score.</exception>
    public IReadOnlyList<LabelScore> Classify(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            throw new DetectionException($"The text has {text.Length} characters; the harm classifier judges at most {LongestText}. Send it in parts.");
        }

        var best = new LabelScore[_labels.Length];
        for (var i = 0; i < best.Length; i++)
        {
            best[i] = new LabelScore(_labels[i], 0, 0, text.Length);
        }

        foreach (var scored in ((IWindowClassifier)this).Score(text, WindowCutter.Cut(text, _windowLength), cancellationToken))
        {
            KeepHighest(best, scored.Scores, scored.Window);
        }

        return best;
    }

    int IWindowClassifier.WindowLength => _windowLength;

    IEnumerable<WindowScores> IWindowClassifier.Score(string text, IEnumerable<TextWindow> windows, CancellationToken cancellationToken)
    {
        var buckets = ArrayPool<int>.Shared.Rent(_extractor.MostFeatures(Math.Min(text.Length, _windowLength)));
        try
        {
            foreach (var window in windows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = _extractor.Extract(text.AsSpan(window.Start, window.Length), buckets);
                if (count > 0)
                {
                    var scores = new float[_labels.Length];
                    Run(buckets.AsMemory(0, count), scores);
                    yield return new WindowScores(window, scores);
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(buckets);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
    }

    private void Run(Memory<int> buckets, float[] scores)
    {
        try
        {
            using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buckets, [buckets.Length]);
            using var output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, scores.AsMemory(), [scores.Length]);
            _session.Run(_runOptions, _inputNames, [input], _outputNames, [output]);
        }
        catch (OnnxRuntimeException e)
        {
            throw new DetectionException($"The harm classifier '{Name}' failed in ONNX Runtime.", e);
        }
    }

    private void KeepHighest(LabelScore[] best, float[] scores, TextWindow window)
    {
        for (var i = 0; i < best.Length; i++)
        {
            if (!(scores[i] is >= 0 and <= 1))
            {
                throw new DetectionException($"The harm classifier '{Name}' gave no score from 0 to 1 for label '{_labels[i]}'.");
            }

            if (scores[i] > best[i].Score)
            {
                best[i] = new LabelScore(_labels[i], scores[i], window.Start, window.Length);
            }
        }
    }

    /// <summary>One run on the last bucket: wrong names, types, a table that is too small or another number of labels show here and not at the first request.</summary>
    private void CheckShapes(int buckets)
    {
        var (inputs, outputs) = (_session.InputMetadata, _session.OutputMetadata);
        if (!inputs.TryGetValue(FeaturesInput, out var input) || inputs.Count != 1 || input.ElementType != typeof(int) || input.Dimensions.Length != 1
            || !outputs.TryGetValue(ScoresOutput, out var output) || output.ElementType != typeof(float) || !output.Dimensions.AsSpan().SequenceEqual([_labels.Length]))
        {
            throw new ClassifierFolderException(
                $"Classifier '{Name}': {ClassifierFolder.ModelFile} must take one int32 vector '{FeaturesInput}' and give '{ScoresOutput}', {_labels.Length} float scores as {ClassifierFolder.DescriptionFile} lists labels.");
        }

        using var features = OrtValue.CreateTensorValueFromMemory(new[] { buckets - 1 }, [1]);
        using var _ = _session.Run(_runOptions, _inputNames, [features], _outputNames);
    }
}
