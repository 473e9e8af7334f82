namespace GuardedZephyr.Policies;

/// <summary>What a slow detector, one that runs a model, may take before the guard goes on without it.</summary>
public sealed record DetectorLimits
{
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(2);

    /// <summary>For one text, the wait for a free place included; a detector that takes longer has failed.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>Texts judged at the same time. A call that nobody waits for any more counts until it has really ended. At least 1.</summary>
    public int Concurrent { get; init; } = 16;

    /// <summary>Texts that wait for a place; beyond them the detector has failed at once. From 0.</summary>
    public int Queue { get; init; } = 256;

    /// <summary>Share of failed calls within <see cref="BreakerWindow"/> from which on the detector is not asked. From 0 to 1.</summary>
    public double BreakerFailureRatio { get; init; } = 0.5;

    /// <summary>Calls within <see cref="BreakerWindow"/> below which the share says nothing. At least 2.</summary>
    public int BreakerMinCalls { get; init; } = 5;

    /// <summary>At least 500 ms.</summary>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the detector is not asked; then one call tries whether it is well again. At least 500 ms.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(5);
}
