using System.Diagnostics.Metrics;
using GuardedZephyr.Guardrails;
using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.Guardrails;

/// <summary>How long text is held: in characters, and in time at the pace of a small model on a processor.</summary>
public sealed class GateMetricsTests
{
    private const double TokensPerSecond = 15;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_the_pace_of_a_small_model_the_first_sentence_is_out_within_one_segment_and_the_stream_never_waits_for_the_reply()
    {
        string[] sentences = [.. Enumerable.Range(1, 20).Select(i => $"This is the sentence that has number {i} of this long reply. ")];
        string[] tokens = [.. string.Concat(sentences).Chunk(4).Select(token => new string(token))];
        var time = new FakeTimeProvider();
        var options = new GateOptions();
        GuardPipeline pipeline = Some.Pipeline(time: time);
        int reach = pipeline.Detectors.Reach;
        using var recorded = new Recorded(pipeline);
        var gate = new Gate(pipeline, new GuardedTurn(pipeline, "turn", null, null), options);
        (string released, int pushed, int firstAt) = ("", 0, 0);

        foreach (string token in tokens)
        {
            time.Advance(TimeSpan.FromSeconds(1 / TokensPerSecond));
            released += await gate.PushAsync(token, Cancellation);
            pushed += token.Length;
            firstAt = firstAt == 0 && released.Length > 0 ? pushed : firstAt;

            Assert.True(pushed - released.Length <= options.MaxSegment + reach + token.Length, $"{pushed - released.Length} characters held");
        }

        Assert.StartsWith(sentences[0], released, StringComparison.Ordinal);
        Assert.InRange(firstAt, sentences[0].Length, sentences[0].Length + reach + 4);
        Assert.Equal(((firstAt + 3) / 4 / TokensPerSecond) - (1 / TokensPerSecond), Assert.Single(recorded.Of("guardedzephyr.gate.first_release")), 3);
        Assert.All(recorded.Of("guardedzephyr.gate.hold"), held => Assert.InRange(held, options.MinSegment + reach, options.MaxSegment + reach));
        Assert.InRange(recorded.Of("guardedzephyr.gate.hold").Count, 10, 20);
        Assert.Equal(string.Concat(sentences), released + await gate.CompleteAsync(Cancellation));
    }

    [Fact]
    public async Task Nothing_is_recorded_for_a_reply_of_which_nothing_was_released()
    {
        GuardPipeline pipeline = Some.Pipeline();
        using var recorded = new Recorded(pipeline);
        var gate = new Gate(pipeline, new GuardedTurn(pipeline, "turn", null, null), new GateOptions());

        await gate.PushAsync("You BADWORD", Cancellation);
        await gate.CompleteAsync(Cancellation);

        Assert.Empty(recorded.Of("guardedzephyr.gate.first_release"));
        Assert.Empty(recorded.Of("guardedzephyr.gate.hold"));
    }

    /// <summary>What one guard's instruments recorded: those of other tests have meters of the same name.</summary>
    private sealed class Recorded : IDisposable
    {
        private readonly List<(string Name, double Value)> _values = [];
        private readonly MeterListener _listener = new();

        public Recorded(GuardPipeline pipeline)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter, pipeline.Metrics.Meter))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _values.Add((instrument.Name, value)));
            _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _values.Add((instrument.Name, value)));
            _listener.Start();
        }

        public IReadOnlyList<double> Of(string name) => [.. _values.Where(entry => entry.Name == name).Select(entry => entry.Value)];

        public void Dispose() => _listener.Dispose();
    }
}
