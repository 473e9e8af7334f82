using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace GuardedZephyr.Tests.Telemetry;

/// <summary>
/// Listens to every activity, measurement and log record of the process, whatever their names, and keeps those that hold a forbidden text, and the names of all.
/// Thread-safe: other tests emit at the same time.
/// </summary>
internal sealed class EverythingEmitted : ILoggerProvider, ISupportExternalScope
{
    private readonly string[] _forbidden;
    private readonly ActivityListener _activities;
    private readonly MeterListener _measurements = new();
    private readonly ConcurrentQueue<string> _leaks = new();
    private readonly ConcurrentDictionary<string, bool> _names = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public EverythingEmitted(params string[] forbidden)
    {
        _forbidden = forbidden;
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Take,
        };
        ActivitySource.AddActivityListener(_activities);
        _measurements.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _measurements.SetMeasurementEventCallback<byte>(Take);
        _measurements.SetMeasurementEventCallback<short>(Take);
        _measurements.SetMeasurementEventCallback<int>(Take);
        _measurements.SetMeasurementEventCallback<long>(Take);
        _measurements.SetMeasurementEventCallback<float>(Take);
        _measurements.SetMeasurementEventCallback<double>(Take);
        _measurements.SetMeasurementEventCallback<decimal>(Take);
        _measurements.Start();
    }

    public IReadOnlyCollection<string> Leaks => _leaks;

    /// <summary>Of activities, instruments and log categories.</summary>
    public ICollection<string> Names => _names.Keys;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        _activities.Dispose();
        _measurements.Dispose();
    }

    private void Take(Activity activity)
    {
        string name = $"{activity.Source.Name} {activity.OperationName}";
        Note(name, activity.DisplayName, activity.StatusDescription, activity.TraceStateString);
        Tags(name, activity.TagObjects);
        Tags(name, activity.Baggage.Select(item => KeyValuePair.Create(item.Key, (object?)item.Value)));
        foreach (ActivityEvent happened in activity.Events)
        {
            Note(name, happened.Name);
            Tags(name, happened.Tags);
        }

        foreach (ActivityLink link in activity.Links)
        {
            Tags(name, link.Tags ?? []);
        }
    }

    private void Take<T>(Instrument instrument, T measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        Note(instrument.Name, instrument.Meter.Name, instrument.Description, instrument.Unit);
        Tags(instrument.Name, tags.ToArray());
    }

    private void Tags(string name, IEnumerable<KeyValuePair<string, object?>> tags)
    {
        foreach ((string key, object? value) in tags)
        {
            Note(name, key, Flat(value));
        }
    }

    private void Note(string name, params string?[] texts)
    {
        _names.TryAdd(name, true);
        foreach (string? text in texts.Prepend(name))
        {
            if (text is not null && _forbidden.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                _leaks.Enqueue($"{name}: {text}");
            }
        }
    }

    private static string? Flat(object? value) => value is IEnumerable items and not string ? string.Join('\n', items.Cast<object?>().Select(Flat)) : value?.ToString();

    private sealed class Logger(EverythingEmitted all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => all._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            all.Note(category, eventId.Name, formatter(state, exception), Flat(state), exception?.ToString());
            all._scopes.ForEachScope((scope, target) => target.Note(category, scope?.ToString(), Flat(scope)), all);
        }
    }
}
