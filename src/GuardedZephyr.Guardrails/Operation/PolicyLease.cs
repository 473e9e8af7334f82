namespace GuardedZephyr.Guardrails;

/// <summary>The edition of a policy that a turn began with. Until it is disposed the edition can judge, whatever becomes of the files.</summary>
public sealed class PolicyLease : IDisposable
{
    private PolicyEdition[] _editions;

    internal PolicyLease(GuardPipeline pipeline, params PolicyEdition[] editions)
    {
        Pipeline = pipeline;
        Edition = editions[0];
        _editions = editions;
    }

    public GuardPipeline Pipeline { get; }

    /// <summary>Of the policy that was asked for, without the one that tightens it.</summary>
    internal PolicyEdition Edition { get; }

    public void Dispose()
    {
        foreach (PolicyEdition edition in Interlocked.Exchange(ref _editions, []))
        {
            edition.Users.Release();
        }
    }
}
