using System.Diagnostics;
using System.Diagnostics.Metrics;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>The guard's instruments, all named <c>guardedzephyr.*</c>. Numbers only: no tag holds a text. Thread-safe.</summary>
internal sealed class GuardMetrics : IDisposable
{
    private readonly Counter<long> _hits;
    private readonly Counter<long> _misses;
    private readonly Histogram<int> _hold;
    private readonly Histogram<double> _firstRelease;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _unjudged;
    private readonly Histogram<double> _duration;
    private long _hitCount;

    public GuardMetrics()
    {
        Meter = new Meter(GuardedZephyrTelemetry.MeterName);
        _hits = Meter.CreateCounter<long>("guardedzephyr.guard.cache.hits", "{text}", "Texts of requests that were judged before");
        _misses = Meter.CreateCounter<long>("guardedzephyr.guard.cache.misses", "{text}", "Texts of requests that detectors had to read");
        _hold = Meter.CreateHistogram<int>("guardedzephyr.gate.hold", "{character}", "Characters of a reply that had to be there before a segment of it could be released, that segment's own among them");
        _firstRelease = Meter.CreateHistogram<double>("guardedzephyr.gate.first_release", "s", "From a reply's first text to the first that was released");
        _retries = Meter.CreateCounter<long>("guardedzephyr.gate.retries", "{segment}", "Segments of replies that were thrown away and written anew");
        _decisions = Meter.CreateCounter<long>("guardedzephyr.decisions", "{decision}", "Decisions on texts, by direction, outcome, action and policy");
        _unjudged = Meter.CreateCounter<long>("guardedzephyr.unjudged", "{text}", "Texts that a detector could not judge, by detector");
        _duration = Meter.CreateHistogram<double>("guardedzephyr.guard.duration", "s", "Time from a text to the decision on it, by direction");
    }

    /// <summary>What all guards of the process share: were each to end instruments of its own, a collector would lose those of the same name with them.</summary>
    public static GuardMetrics Shared { get; } = new();

    /// <summary>For those that listen to these alone.</summary>
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

    /// <param name="action">As the audit log has it.</param>
    public void Decided(Direction direction, Verdict verdict, string action, PolicyIdentity policy, TimeSpan elapsed)
    {
        KeyValuePair<string, object?> side = new("direction", Names.Of(direction));
        _decisions.Add(1, new TagList { side, { "outcome", Names.Of(verdict.Outcome) }, { "action", action }, { "policy", policy.Name } });
        _duration.Record(elapsed.TotalSeconds, side);
        foreach (string detector in verdict.FailedDetectors)
        {
            _unjudged.Add(1, new KeyValuePair<string, object?>("detector", detector));
        }
    }

    public void Dispose() => Meter.Dispose();
}
