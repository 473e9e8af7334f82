using System.Diagnostics.Metrics;
using GuardedZephyr.Inference.Engine;

namespace GuardedZephyr.Tests.Inference.Engine;

public sealed class EngineMetricsTests
{
    [Fact]
    public async Task Instruments_tell_slots_cache_tokens_and_prefix_hits()
    {
        using var test = new TestEngine(null, new EngineOptions { Slots = 2 });
        var values = new Dictionary<string, double>();
        using var listener = new MeterListener();

        // Engines of other tests have meters of the same name.
        listener.InstrumentPublished = (instrument, _) => Listen(instrument);
        listener.SetMeasurementEventCallback<long>(Keep);
        listener.SetMeasurementEventCallback<int>(Keep);
        listener.SetMeasurementEventCallback<double>(Keep);
        listener.Start();
        await test.Generate(test.Request("abcdef", maxTokens: 3));
        await test.Generate(test.Request("abcdxy", maxTokens: 2));
        listener.RecordObservableInstruments();

        Assert.Equal(2, values["guardedzephyr.engine.slots"]);
        Assert.Equal(2 * TestEngine.Context * 100, values["guardedzephyr.engine.cache.reserved"]);
        Assert.Equal(1500, values["guardedzephyr.engine.cache.used"]);
        Assert.Equal((12, 4, 5), (values["guardedzephyr.engine.tokens prompt"], values["guardedzephyr.engine.tokens cached"], values["guardedzephyr.engine.tokens output"]));
        Assert.Equal((1, 1), (values["guardedzephyr.engine.prefixes none"], values["guardedzephyr.engine.prefixes copied"]));
        Assert.Equal((2, 3), (values["guardedzephyr.engine.steps prefill"], values["guardedzephyr.engine.steps decode"]));

        void Listen(Instrument instrument)
        {
            if (ReferenceEquals(instrument.Meter, test.Engine.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        }

        void Keep<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        {
            var name = tags.Length > 0 ? $"{instrument.Name} {tags[0].Value}" : instrument.Name;
            lock (values)
            {
                values[name] = Convert.ToDouble(value, null) + (instrument.IsObservable ? 0 : values.GetValueOrDefault(name));
            }
        }
    }
}
