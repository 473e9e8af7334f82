using System.Diagnostics.Metrics;

namespace GuardedZephyr.Guardrails;

/// <summary>The guard's instruments, all named <c>guardedzephyr.*</c>. Numbers only: no tag holds a text. Thread-safe.</summary>
internal sealed class GuardMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "GuardedZephyr";

    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private readonly Histogram<int> _hold;
    private readonly Histogram<double> _firstRelease;
    private readonly Counter<long> _retries;
    private long _hitCount;

    public GuardMetrics()
    {
        Meter = new Meter(MeterName);
        _hits = Meter.CreateCounter<long>("guardedzephyr.guard.cache.hits", "{text}", "Texts of requests that were judged before");
        _misses = Meter.CreateCounter<long>("guardedzephyr.guard.cache.misses", "{text}", "Texts of requests that detectors had to read");
        _hold = Meter.CreateHistogram<int>("guardedzephyr.gate.hold", "{character}", "Characters of a reply that had to be there before a segment of it could be released, that segment's own among them");
        _firstRelease = Meter.CreateHistogram<double>("guardedzephyr.gate.first_release", "s", "From a reply's first text to the first that was released");
        _retries = Meter.CreateCounter<long>("guardedzephyr.gate.retries", "{segment}", "Segments of replies that were thrown away and written anew");
    }

    /// <summary>For those that listen to this guard alone.</summary>
    public Meter Meter { get; }

    public long CacheHits => Interlocked.Read(ref _hitCount);

    public void CacheHit()
    {
        Interlocked.Increment(ref _hitCount);
        _hits.Add(1);
    }

    public void CacheMiss() => _misses.Add(1);

    public void Held(int characters) => _hold.Record(characters);

    public void FirstReleased(TimeSpan after) => _firstRelease.Record(after.TotalSeconds);

    public void Retried() => _retries.Add(1);

    public void Dispose() => Meter.Dispose();
}
