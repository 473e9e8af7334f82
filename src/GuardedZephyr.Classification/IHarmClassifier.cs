using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>Scores a text for each harm label; <see cref="ClassifierFolder"/> says which kinds there are. Thread-safe; runs on the calling thread.</summary>
/// <remarks>What is not public is for those kinds alone: detectors ask for windows of texts of their own making.</remarks>
public interface IHarmClassifier : IDisposable
{
    /// <summary>Stands in messages.</summary>
    string Name { get; }

    /// <summary>In the order of <see cref="Classify"/>'s scores, as rules name them.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>The score of each label: the highest of all windows of the text. A text without words scores 0.</summary>
    /// <exception cref="DetectionException">The text is too long, or the model failed or gave something that is no score.</exception>
    IReadOnlyList<LabelScore> Classify(string text, CancellationToken cancellationToken = default);

    /// <summary>No window is longer, in UTF-16 code units.</summary>
    internal int WindowLength { get; }

    /// <summary>The windows in which a text is judged: every character lies in one.</summary>
    internal IEnumerable<TextWindow> Windows(string text);

    /// <summary>The scores of each window, lazily, in their order; a window without words has none and is left out.</summary>
    /// <exception cref="DetectionException">The model failed.</exception>
    internal IEnumerable<WindowScores> Score(string text, IEnumerable<TextWindow> windows, CancellationToken cancellationToken);
}
