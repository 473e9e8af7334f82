using System.Runtime.CompilerServices;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// One state of a policy's files, ready to judge. Turns take it while they run; when it has been replaced and the last of them has ended, its models go.
/// Thread-safe.
/// </summary>
internal sealed class PolicyEdition(LoadedPolicy loaded, GuardPipeline pipeline, DateTimeOffset loadedAt)
{
    private readonly ConditionalWeakTable<PolicyEdition, GuardPipeline> _tightened = [];

    public LoadedPolicy Loaded => loaded;

    public GuardPipeline Pipeline => pipeline;

    public DateTimeOffset LoadedAt => loadedAt;

    public UseCount Users { get; } = new(() =>
    {
        pipeline.Dispose();
        loaded.Dispose();
    });

    /// <summary>What judges by this edition and another together. It is kept as long as both are; both must be taken while it is used.</summary>
    public GuardPipeline TightenedBy(PolicyEdition other, Func<LoadedPolicy, LoadedPolicy, GuardPipeline> join) =>
        ReferenceEquals(this, other) ? pipeline : _tightened.GetValue(other, _ => join(loaded, other.Loaded));
}
