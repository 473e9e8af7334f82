namespace GuardedZephyr.Policies;

/// <summary>Detectors of one name from two policies, as one: it finds what either finds, and fails when either fails.</summary>
internal sealed class JointDetector : IDetector
{
    private readonly IReadOnlyList<IDetector> _detectors;

    private JointDetector(IReadOnlyList<IDetector> detectors)
    {
        _detectors = detectors;
        Reach = detectors.Any(detector => detector.Reach is null) ? null : detectors.Max(detector => detector.Reach);
    }

    public string Name => _detectors[0].Name;

    public int? Reach { get; }

    /// <summary>In the order in which their names first come; a detector that both policies use runs once.</summary>
    public static IReadOnlyList<IDetector> Join(IEnumerable<IDetector> detectors) =>
        [.. detectors.Distinct().GroupBy(detector => detector.Name).Select(group => group.Count() == 1 ? group.Single() : new JointDetector([.. group]))];

    public async ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
    {
        var found = new HashSet<Finding>();
        foreach (var detector in _detectors)
        {
            found.UnionWith(await detector.DetectAsync(text, direction, cancellationToken));
        }

        return [.. found];
    }
}
