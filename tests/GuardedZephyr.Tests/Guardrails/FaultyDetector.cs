using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>Fails in the way it is told to.</summary>
internal sealed class FaultyDetector(Func<GuardText, CancellationToken, Task<IReadOnlyList<Finding>>> detect, int? reach = null) : IDetector
{
    public string Name => "faulty";

    public int? Reach => reach;

    public async ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken) => await detect(text, cancellationToken);
}
