namespace GuardedZephyr.Policies;

/// <summary>Reads text and gives findings. Implementations are thread-safe.</summary>
public interface IDetector
{
    /// <summary>Short stable name: it stands in findings, verdicts and the audit log.</summary>
    string Name { get; }

    /// <summary>
    /// How far, in characters of the matching surface, a finding can be from the text that decides it: its own longest match plus the
    /// context that is looked at on either side. Null when the detector judges the text as a whole (a classifier).
    /// The gate holds back this much text, so that no finding which later text would bring can cover released characters.
    /// </summary>
    int? Reach { get; }

    /// <summary>All findings, whatever their score; which of them matter is the policy's business.</summary>
    /// <exception cref="DetectionException">The text cannot be judged (too long, a model that gave no number ...).</exception>
    ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken);
}
