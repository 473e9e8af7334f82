using System.Diagnostics.Metrics;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;

namespace GuardedZephyr.Tests.Guardrails;

public sealed class DetectionCacheTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_conversation_of_fifty_turns_has_each_message_judged_once(bool streaming)
    {
        var detector = new CountingDetector("slow", "BADWORD", "insult", isWhole: true);
        GuardPipeline pipeline = Pipeline(new CacheSettings(), detector);
        var messages = new List<ChatMessage> { new(ChatRole.System, "Be kind.") };

        for (int turn = 1; turn <= 50; turn++)
        {
            messages.Add(new ChatMessage(ChatRole.User, $"Question {turn}?"));
            using var client = new GuardrailsChatClient(new ScriptedChatClient($"Answer {turn}."), pipeline);
            ChatResponse reply = streaming
                ? await client.GetStreamingResponseAsync(messages, cancellationToken: Cancellation).ToChatResponseAsync(Cancellation)
                : await client.GetResponseAsync(messages, cancellationToken: Cancellation);
            messages.Add(new ChatMessage(ChatRole.Assistant, reply.Text));
        }

        // The system's message, 50 questions, 49 answers that came back, and 50 replies at the gate; of 2,550 texts that the requests brought.
        Assert.Equal(1 + 50 + 49 + 50, detector.Calls);
        Assert.Equal(2_550 - 100, pipeline.Metrics.CacheHits);
    }

    [Fact]
    public async Task What_is_known_gives_the_same_judgement()
    {
        GuardPipeline pipeline = Some.Pipeline();

        Judgement first = await pipeline.JudgeAsync("ada@example.com is 192.0.2.1", Direction.Input, Cancellation);
        Judgement second = await pipeline.JudgeAsync("ada@example.com is 192.0.2.1", Direction.Input, Cancellation);

        Assert.Equal("[EMAIL_ADDRESS] is [IP_ADDRESS]", second.EnforcedText);
        Assert.Equal(first.Verdict.Findings, second.Verdict.Findings);
        Assert.Equal(1, pipeline.Metrics.CacheHits);
    }

    [Fact]
    public async Task A_text_that_a_detector_failed_on_is_judged_again()
    {
        bool ill = true;
        GuardPipeline pipeline = Pipeline(new CacheSettings(), new FaultyDetector((_, _) => ill ? throw new DetectionException("no") : Task.FromResult<IReadOnlyList<Finding>>([])));

        Assert.Equal(Outcome.Unjudged, (await pipeline.JudgeAsync("Hello", Direction.Input, Cancellation)).Verdict.Outcome);
        ill = false;
        Assert.Equal(Outcome.Allowed, (await pipeline.JudgeAsync("Hello", Direction.Input, Cancellation)).Verdict.Outcome);
        Assert.Equal(0, pipeline.Metrics.CacheHits);
    }

    [Fact]
    public async Task Texts_that_differ_in_anything_are_different()
    {
        var detector = new CountingDetector("slow", "BADWORD", "insult", isWhole: true);
        GuardPipeline pipeline = Pipeline(new CacheSettings(), detector);

        await pipeline.JudgeAsync("Hello \uD800", Direction.Input, Cancellation);
        await pipeline.JudgeAsync("Hello \uD801", Direction.Input, Cancellation);
        await pipeline.JudgeAsync("Hello \uFFFD", Direction.Input, Cancellation);
        await pipeline.JudgeAsync("Hello \uFFFD", Direction.Tool, Cancellation);
        await pipeline.JudgeAsync("Hello \uFFFD ", Direction.Tool, Cancellation);
        await pipeline.JudgeAsync("", Direction.Tool, Cancellation);

        Assert.Equal(6, detector.Calls);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 1)]
    public async Task Only_the_texts_used_last_are_kept(int entries, int hits)
    {
        GuardPipeline pipeline = Pipeline(new CacheSettings(entries));

        foreach (string text in new[] { "a", "b", "c", "a", "d", "b" })
        {
            await pipeline.JudgeAsync(text, Direction.Input, Cancellation);
        }

        Assert.Equal(hits, pipeline.Metrics.CacheHits);
    }

    [Fact]
    public async Task Memory_is_bounded_also_where_texts_have_many_findings()
    {
        using var metrics = new GuardMetrics();
        var cache = new DetectionCache(Some.Policy().Identity, new CacheSettings(Entries: 1_000_000, Megabytes: 1), metrics);
        Finding[] findings = [.. Enumerable.Range(0, 1_000).Select(start => new Finding("x", start, 1, 1, "some"))];

        for (int text = 0; text < 200; text++)
        {
            await cache.GetAsync(GuardText.From($"{text}"), Direction.Input, () => ValueTask.FromResult(new Detection(findings, [])));
        }

        Assert.InRange(cache.Count, 1, 199);
        Assert.InRange(cache.Bytes, 1, 1 << 20);
    }

    [Fact]
    public async Task Hits_are_counted_on_the_meter()
    {
        long hits = 0;
        GuardPipeline pipeline = Pipeline(new CacheSettings());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: "GuardedZephyr", Name: "guardedzephyr.guard.cache.hits" } && ReferenceEquals(instrument.Meter, pipeline.Metrics.Meter))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => hits += value);
        listener.Start();

        await pipeline.JudgeAsync("Hello", Direction.Input, Cancellation);
        await pipeline.JudgeAsync("Hello", Direction.Input, Cancellation);

        Assert.Equal(1, hits);
    }

    private static GuardPipeline Pipeline(CacheSettings cache, params IDetector[] detectors) => Some.Pipeline(
        policy: new Policy { Identity = Some.Policy().Identity, Responses = Some.Policy().Responses, Rules = Some.UsualRules, Cache = cache },
        detectors: detectors);
}
