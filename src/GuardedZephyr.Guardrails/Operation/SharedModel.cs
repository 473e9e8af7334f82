using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// A detector on a model that several policies may use. Its users are policies, and detections that are running (one that ran out of time runs on when its turn
/// has ended); the last one to leave closes the model. Thread-safe.
/// </summary>
/// <param name="key">What the model and its use are told by: the digest of its folder, and the settings.</param>
/// <param name="labels">Of the model: what rules may name.</param>
internal sealed class SharedModel(string key, IDetector detector, IDisposable model, IReadOnlyList<string> labels) : IDetector
{
    public UseCount Users { get; } = new(model.Dispose);

    public IDetector Detector => detector;

    public string Key => key;

    public IReadOnlyList<string> Labels => labels;

    public string Name => detector.Name;

    public int? Reach => detector.Reach;

    public async ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        if (!Users.TryTake())
        {
            throw new DetectionException($"The model of detector {Name} is closed: its policy was replaced.");
        }

        try
        {
            return await detector.DetectAsync(text, direction, cancellationToken);
        }
        finally
        {
            Users.Release();
        }
    }
}
