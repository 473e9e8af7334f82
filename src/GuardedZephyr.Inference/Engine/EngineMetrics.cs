using System.Diagnostics.Metrics;

namespace GuardedZephyr.Inference.Engine;

/// <summary>The engine's counts, and its instruments, all named <c>guardedzephyr.engine.*</c>. The engine's thread counts; anybody reads.</summary>
internal sealed class EngineMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "GuardedZephyr.Engine";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _refused;
    private readonly Counter<long> _steps;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _prefixes;
    private readonly Histogram<double> _queueTime;
    private readonly Histogram<double> _firstToken;
    private long _stepCount;
    private long _promptTokens;
    private long _cachedTokens;
    private long _outputTokens;
    private long _prefixHits;

    public EngineMetrics(Func<EngineStatus> status)
    {
        _refused = _meter.CreateCounter<long>("guardedzephyr.engine.refused", "{request}", "Requests refused because the queue was full");
        _steps = _meter.CreateCounter<long>("guardedzephyr.engine.steps", "{step}", "Runs of the model, by kind: prefill, decode, settle");
        _tokens = _meter.CreateCounter<long>("guardedzephyr.engine.tokens", "{token}", "Tokens by kind: prompt, cached (of the prompt), output");
        _prefixes = _meter.CreateCounter<long>("guardedzephyr.engine.prefixes", "{request}", "Requests by what their prompt's start was: kept (in the slot), copied (from another), none");
        _queueTime = _meter.CreateHistogram<double>("guardedzephyr.engine.queue.duration", "s", "From the request to its slot");
        _firstToken = _meter.CreateHistogram<double>("guardedzephyr.engine.first_token.duration", "s", "From the request to its first token");
        _meter.CreateObservableGauge("guardedzephyr.engine.slots", () => status().Slots, "{slot}", "Requests that can be answered at the same time");
        _meter.CreateObservableGauge("guardedzephyr.engine.slots.busy", () => status().BusySlots, "{slot}", "Requests being answered");
        _meter.CreateObservableGauge("guardedzephyr.engine.queue.length", () => status().QueueLength, "{request}", "Requests that wait");
        _meter.CreateObservableGauge("guardedzephyr.engine.cache.reserved", () => status().CacheBytes, "By", "KV cache of all slots");
        _meter.CreateObservableGauge("guardedzephyr.engine.cache.used", () => status().UsedCacheBytes, "By", "KV cache that holds tokens");
        _meter.CreateObservableCounter("guardedzephyr.engine.rebuilds", () => status().Rebuilds, "{session}", "Sessions thrown away after a failed step");
    }

    public Meter Meter => _meter;

    public long Steps => Volatile.Read(ref _stepCount);

    public long PromptTokens => Volatile.Read(ref _promptTokens);

    public long CachedTokens => Volatile.Read(ref _cachedTokens);

    public long OutputTokens => Volatile.Read(ref _outputTokens);

    public long PrefixHits => Volatile.Read(ref _prefixHits);

    public void Refused() => _refused.Add(1);

    public void Step(string kind)
    {
        Volatile.Write(ref _stepCount, _stepCount + 1);
        _steps.Add(1, new KeyValuePair<string, object?>("kind", kind));
    }

    /// <summary>A request got its slot.</summary>
    public void Started(int promptTokens, int cachedTokens, bool copied, TimeSpan waited)
    {
        Volatile.Write(ref _promptTokens, _promptTokens + promptTokens);
        Volatile.Write(ref _cachedTokens, _cachedTokens + cachedTokens);
        Volatile.Write(ref _prefixHits, _prefixHits + (cachedTokens > 0 ? 1 : 0));
        _tokens.Add(promptTokens, new KeyValuePair<string, object?>("kind", "prompt"));
        _tokens.Add(cachedTokens, new KeyValuePair<string, object?>("kind", "cached"));
        _prefixes.Add(1, new KeyValuePair<string, object?>("kind", copied ? "copied" : cachedTokens > 0 ? "kept" : "none"));
        _queueTime.Record(waited.TotalSeconds);
    }

    public void FirstToken(TimeSpan after) => _firstToken.Record(after.TotalSeconds);

    public void Ended(int outputTokens)
    {
        Volatile.Write(ref _outputTokens, _outputTokens + outputTokens);
        _tokens.Add(outputTokens, new KeyValuePair<string, object?>("kind", "output"));
    }

    public void Dispose() => _meter.Dispose();
}
