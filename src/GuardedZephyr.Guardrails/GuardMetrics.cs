using System.Diagnostics.Metrics;

namespace GuardedZephyr.Guardrails;

/// <summary>The guard's instruments, all named <c>guardedzephyr.guard.*</c>. Thread-safe.</summary>
internal sealed class GuardMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "GuardedZephyr";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private long _hitCount;

    public GuardMetrics()
    {
        _hits = _meter.CreateCounter<long>("guardedzephyr.guard.cache.hits", "{text}", "Texts of requests that were judged before");
        _misses = _meter.CreateCounter<long>("guardedzephyr.guard.cache.misses", "{text}", "Texts of requests that detectors had to read");
    }

    public Meter Meter => _meter;

    public long CacheHits => Interlocked.Read(ref _hitCount);

    public void CacheHit()
    {
        Interlocked.Increment(ref _hitCount);
        _hits.Add(1);
    }

    public void CacheMiss() => _misses.Add(1);

    public void Dispose() => _meter.Dispose();
}
