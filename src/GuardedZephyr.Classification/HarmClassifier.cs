using GuardedZephyr.Policies;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Classification;

/// <summary>Scores a text for each harm label. Thread-safe; runs on the calling thread.</summary>
public sealed class HarmClassifier : IHarmClassifier
{
    /// <summary>A longer text (in UTF-16 code units) is refused, never cut.</summary>
    public const int LongestText = 1_000_000;

    private readonly WindowBatcher _batcher;
    private readonly WindowScorer _scorer;
    private readonly int _windowLength;
    private readonly string[] _labels;

    private HarmClassifier(ClassifierDescription description, InferenceSession session)
    {
        _batcher = new WindowBatcher(description.Features);
        _windowLength = description.Features.WindowLength;
        _labels = [.. description.Labels.Select(label => label.Name)];
        _scorer = new WindowScorer(session, description.Name, _labels, description.Features.Buckets);
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
            classifier._scorer.Check();
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

        foreach (var (window, scores) in ((IHarmClassifier)this).Score(text, WindowCutter.Cut(text, _windowLength), cancellationToken))
        {
            for (var i = 0; i < best.Length; i++)
            {
                if (scores[i] > best[i].Score)
                {
                    best[i] = new LabelScore(_labels[i], scores[i], window.Start, window.Length);
                }
            }
        }

        return best;
    }

    int IHarmClassifier.WindowLength => _windowLength;

    IEnumerable<TextWindow> IHarmClassifier.Windows(string text) => WindowCutter.Cut(text, _windowLength);

    IEnumerable<WindowScores> IHarmClassifier.Score(string text, IEnumerable<TextWindow> windows, CancellationToken cancellationToken)
    {
        foreach (var batch in _batcher.Batches(text, windows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (window, scores) in batch.Windows.Zip(_scorer.Score(batch).Chunk(_labels.Length)))
            {
                yield return new WindowScores(window, scores);
            }
        }
    }

    public void Dispose() => _scorer.Dispose();
}
