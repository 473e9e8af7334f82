using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Guardrails;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Telemetry;

/// <summary>What a turn tells of itself.</summary>
public sealed class TurnTelemetryTests : IDisposable
{
    private readonly string _turn = Guid.NewGuid().ToString("N");
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;
    private readonly RecordingAuditLog _audit = new();

    public TurnTelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is GuardedZephyrTelemetry.SourceName or GuardedZephyrTelemetry.ModelSourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Activity Span => Assert.Single(_spans, span => span.GetTagItem("guardedzephyr.turn.id") is string id && id == _turn);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_turn_is_one_span_that_says_what_the_guard_did(bool streaming)
    {
        await AskAsync(new ContentChatClient(new TextContent("You BADWORD")), streaming, "I am ada@example.com or eve@example.com");

        Assert.Equal(
            [
                "guardedzephyr.action=block", "guardedzephyr.blocked_at=reply", "guardedzephyr.detectors.failed=", "guardedzephyr.detectors.skipped=",
                "guardedzephyr.findings.EMAIL_ADDRESS=2", "guardedzephyr.findings.insult=1", "guardedzephyr.outcome=blocked", "guardedzephyr.policy.name=test",
                $"guardedzephyr.policy.sha256={new string('0', 64)}", "guardedzephyr.policy.version=1", "guardedzephyr.retries=0",
                "guardedzephyr.rules=redact.EMAIL_ADDRESS,block.insult", $"guardedzephyr.turn.id={_turn}",
            ],
            Span.TagObjects.Where(tag => tag.Key != "guardedzephyr.guard.duration").Select(tag => $"{tag.Key}={(tag.Value is string[] items ? string.Join(',', items) : tag.Value)}").Order(StringComparer.Ordinal));
        Assert.InRange(Assert.IsType<double>(Span.GetTagItem("guardedzephyr.guard.duration")), 0, 60);
        Assert.Equal(ActivityStatusCode.Unset, Span.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_call_of_the_model_is_a_span_below_its_turn(bool streaming)
    {
        using Activity caller = new Activity("caller").Start();

        await AskAsync(new ContinuingChatClient(["A harmless sentence that is long enough to be a segment. ", "You BADWORD. "], ["Fine."]), streaming, retries: 1);

        Assert.Equal(caller.SpanId, Span.ParentSpanId);
        Assert.Equal(2, _spans.Count(span => span.ParentSpanId == Span.SpanId && span.OperationName == "chat"));
        Assert.Same(caller, Activity.Current);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_turn_whose_model_fails_is_aborted(bool streaming)
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(new ScriptedChatClient("Fine. ") { Failure = new InvalidOperationException() }, streaming));

        Assert.Equal(Names.Aborted, Span.GetTagItem("guardedzephyr.outcome"));
        Activity model = Assert.Single(_spans, span => span.ParentSpanId == Span.SpanId);
        Assert.Equal((ActivityStatusCode.Error, typeof(InvalidOperationException).FullName), (model.Status, model.StatusDescription));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_turn_that_cannot_be_recorded_is_an_error(bool streaming)
    {
        _audit.IsDown = true;

        await Assert.ThrowsAsync<AuditUnavailableException>(() => AskAsync(new ContentChatClient(new TextContent("Fine.")), streaming));

        Assert.Equal((ActivityStatusCode.Error, "audit unavailable"), (Span.Status, Span.StatusDescription));
    }

    [Fact]
    public async Task Every_decision_is_counted_by_what_it_was_and_timed()
    {
        FaultyDetector faulty = new((text, _) => text.Original.Contains("reply", StringComparison.Ordinal) ? throw new InvalidOperationException() : Task.FromResult<IReadOnlyList<Finding>>([]));
        using GuardPipeline pipeline = Some.Pipeline(_audit, detectors: [.. Some.Detectors, faulty]);
        var counted = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => Enable(instrument, self, pipeline.Metrics.Meter) };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted.Add($"{instrument.Name} {value} {Words(tags)}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => counted.Add($"{instrument.Name} {value >= 0} {Words(tags)}"));
        listener.Start();
        using var client = new GuardrailsChatClient(new ContentChatClient(new TextContent("A reply.")), pipeline);

        await client.GetResponseAsync("I am ada@example.com", cancellationToken: Cancellation);

        Assert.Equal(
            [
                "guardedzephyr.decisions 1 input modified redact test", "guardedzephyr.guard.duration True input",
                "guardedzephyr.decisions 1 output unjudged block test", "guardedzephyr.guard.duration True output", "guardedzephyr.unjudged 1 faulty",
            ],
            counted.Where(line => !line.Contains("cache", StringComparison.Ordinal)));
    }

    public void Dispose() => _listener.Dispose();

    private static void Enable(Instrument instrument, MeterListener listener, Meter meter)
    {
        if (ReferenceEquals(instrument.Meter, meter))
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static string Words(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(tag => tag.Value));

    private async Task AskAsync(IChatClient model, bool streaming, string text = "Hello", int retries = 0)
    {
        Policy usual = Some.Policy();
        Policy policy = new() { Identity = usual.Identity, Responses = usual.Responses, Detectors = usual.Detectors, Rules = usual.Rules, Deadline = usual.Deadline, OtherLimits = usual.OtherLimits, Retries = retries };
        IChatClient client = new ChatClientBuilder(model).UseGuardrails(Some.Pipeline(_audit, policy)).UseModelTelemetry().Build();
        var options = new ChatOptions { AdditionalProperties = new() { [GuardrailsChatClient.TurnKey] = _turn } };
        _ = streaming
            ? await client.GetStreamingResponseAsync(text, options, Cancellation).ToChatResponseAsync(Cancellation)
            : await client.GetResponseAsync(text, options, Cancellation);
    }
}
