using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>A model that scores windows of a text for each of its labels. Thread-safe.</summary>
internal interface IWindowClassifier
{
    /// <summary>Stands in messages.</summary>
    string Name { get; }

    /// <summary>In the order of the scores.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>No window is longer, in UTF-16 code units.</summary>
    int WindowLength { get; }

    /// <summary>The scores of each window, lazily, in their order; a window without words has none and is left out.</summary>
    /// <exception cref="DetectionException">The model failed.</exception>
    IEnumerable<WindowScores> Score(string text, IEnumerable<TextWindow> windows, CancellationToken cancellationToken);
}
