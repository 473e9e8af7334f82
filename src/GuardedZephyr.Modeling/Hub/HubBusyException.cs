namespace GuardedZephyr.Modeling.Hub;

/// <summary>It may work the next time.</summary>
/// <param name="wait">What the hub asked for; null when it did not.</param>
internal sealed class HubBusyException(string problem, TimeSpan? wait = null) : Exception(problem)
{
    public TimeSpan? Wait { get; } = wait;
}
