using GuardedZephyr.Policies;

namespace GuardedZephyr.Classification;

/// <summary>
/// Finds names by a token classifier, sentence by sentence. Thread-safe. What a network says of a word depends on all of its sentence, so of a
/// sentence that a stream has not brought whole, or one longer than its reach, it may say something else than of the whole text.
/// </summary>
public sealed class EntityDetector : IDetector
{
    /// <summary>A longer text (in UTF-16 code units) is refused, never cut.</summary>
    public const int LongestText = 1_000_000;

    private readonly EntityModel _model;
    private readonly IReadOnlyDictionary<string, string> _entities;

    /// <param name="entities">What a type of the model's is called in findings; types that are not here are passed over.</param>
    /// <exception cref="ArgumentException">The model has none of a type that is named; see <see cref="Missing"/>.</exception>
    public EntityDetector(EntityModel model, IReadOnlyDictionary<string, string> entities)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(entities);
        if (Missing(model, entities) is { Count: > 0 } missing)
        {
            throw new ArgumentException($"The entity model '{model.Name}' has no label(s) {string.Join(", ", missing)}; it has {string.Join(", ", model.EntityTypes)}.", nameof(entities));
        }

        _model = model;
        _entities = entities;
    }

    public string Name => "ner";

    /// <summary>One sentence, or the part of one that is judged together.</summary>
    public int? Reach => EntitySentences.Longest;

    /// <summary>The types that are named and that the model does not have.</summary>
    public static IReadOnlyList<string> Missing(EntityModel model, IReadOnlyDictionary<string, string> entities)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(entities);
        return [.. entities.Keys.Except(model.EntityTypes)];
    }

    public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Surface.Length <= LongestText
            ? new(Task.Run(() => Detect(text, cancellationToken), cancellationToken))
            : throw new DetectionException($"The text has {text.Surface.Length} characters; the entity model judges at most {LongestText}. Send it in parts.");
    }

    private IReadOnlyList<Finding> Detect(GuardText text, CancellationToken cancellationToken) =>
        [.. _model.Find(text.Surface, cancellationToken).Where(span => _entities.ContainsKey(span.Type)).Select(span => ToFinding(text, span))];

    private Finding ToFinding(GuardText text, EntitySpan span)
    {
        var (start, length) = text.OriginalSpan(span.Start, span.Length);
        return new Finding(_entities[span.Type], start, length, Math.Min(1, span.Score), Name);
    }
}
