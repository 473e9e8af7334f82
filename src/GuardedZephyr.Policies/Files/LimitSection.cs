namespace GuardedZephyr.Policies;

/// <summary>What a policy file says about time, load and memory: the deadline, the limits of a detector, the cache.</summary>
internal static class LimitSection
{
    private const int MostConcurrent = 1024;
    private const int MostQueued = 65_536;
    private const int MostCalls = 100_000;
    private const int MostEntries = 10_000_000;
    private const int MostMegabytes = 65_536;

    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(5);

    /// <summary>The bounds that Polly's circuit breaker has.</summary>
    private static readonly TimeSpan LeastBreakerTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MostBreakerTime = TimeSpan.FromDays(1);

    public static TimeSpan ReadDeadline(MapReader policy) => policy.Duration("deadline") ?? DefaultDeadline;

    public static CacheSettings ReadCache(MapReader policy)
    {
        var settings = new CacheSettings();
        if (policy.Map("cache") is not { } reader)
        {
            return settings;
        }

        reader.Owner = "cache";
        settings = new CacheSettings(
            reader.Integer("entries", min: 0, MostEntries) ?? settings.Entries,
            reader.Integer("megabytes", min: 1, MostMegabytes) ?? settings.Megabytes);
        reader.Done();
        return settings;
    }

    /// <param name="detector">The detector's own mapping.</param>
    /// <param name="deadline">The whole guard's: a detector cannot have more.</param>
    public static DetectorLimits Read(MapReader detector, TimeSpan deadline)
    {
        var timeout = detector.Duration("timeout");
        if (timeout > deadline)
        {
            detector.Error(detector.LineOf("timeout"), $"'timeout' is longer than the policy's deadline of {deadline.TotalMilliseconds:0}ms and would never be reached");
        }

        var limits = new DetectorLimits { Timeout = timeout ?? (DetectorLimits.DefaultTimeout < deadline ? DetectorLimits.DefaultTimeout : deadline) };
        if (detector.Map("bulkhead") is { } bulkhead)
        {
            bulkhead.Owner = $"{detector.Owner}.bulkhead";
            limits = limits with
            {
                Concurrent = bulkhead.Integer("concurrent", min: 1, MostConcurrent) ?? limits.Concurrent,
                Queue = bulkhead.Integer("queue", min: 0, MostQueued) ?? limits.Queue,
            };
            bulkhead.Done();
        }

        return detector.Map("breaker") is { } breaker ? WithBreaker(limits, breaker, $"{detector.Owner}.breaker") : limits;
    }

    private static DetectorLimits WithBreaker(DetectorLimits limits, MapReader breaker, string owner)
    {
        breaker.Owner = owner;
        limits = limits with
        {
            BreakerFailureRatio = breaker.Score("failure-ratio") ?? limits.BreakerFailureRatio,
            BreakerMinCalls = breaker.Integer("min-calls", min: 2, MostCalls) ?? limits.BreakerMinCalls,
            BreakerWindow = BreakerTime(breaker, "window") ?? limits.BreakerWindow,
            BreakerPause = BreakerTime(breaker, "pause") ?? limits.BreakerPause,
        };
        breaker.Done();
        return limits;
    }

    private static TimeSpan? BreakerTime(MapReader breaker, string key)
    {
        var time = breaker.Duration(key);
        if (time < LeastBreakerTime || time > MostBreakerTime)
        {
            breaker.Error(breaker.LineOf(key), $"'{key}' must be from 500ms to 86400s");
            return null;
        }

        return time;
    }
}
