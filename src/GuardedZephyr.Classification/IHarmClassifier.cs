using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>Scores a text for each harm label; <see cref="ClassifierFolder"/> says which kinds there are. Thread-safe; runs on the calling thread.</summary>
public interface IHarmClassifier : IDisposable
{
    string Name { get; }

    /// <summary>In the order of <see cref="Classify"/>'s scores, as rules name them.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>The score of each label: the highest of all windows of the text. A text without words scores 0.</summary>
    /// <exception cref="DetectionException">The text is too long, or the model failed or gave something that is no score.</exception>
    IReadOnlyList<LabelScore> Classify(string text, CancellationToken cancellationToken = default);
}
