using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.Guardrails;

public sealed class DetectorLimitsTests
{
    private static readonly DetectorLimits Limits = new()
    {
        Timeout = TimeSpan.FromSeconds(1),
        Concurrent = 2,
        Queue = 1,
        BreakerMinCalls = 3,
        BreakerPause = TimeSpan.FromSeconds(10),
    };

    /// <summary>Between two steps of virtual time; the first turn takes the compiler's time too.</summary>
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource<IReadOnlyList<Finding>> _hung = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_that_ignores_its_token_is_abandoned_and_keeps_its_place_until_it_ends()
    {
        GuardPipeline pipeline = Pipeline([new FaultyDetector((_, _) => _hung.Task)], Limits with { BreakerMinCalls = 100 });

        await JudgeAsync(pipeline, "one");
        await JudgeAsync(pipeline, "two");
        Assert.Equal(2, SlowOf(pipeline).Running);

        _hung.SetResult([]);
        await UntilAsync(() => SlowOf(pipeline).Running == 0);
        Assert.Equal(Outcome.Allowed, (await JudgeAsync(pipeline, "three")).Outcome);
    }

    [Fact]
    public async Task Texts_wait_for_a_place_and_those_that_find_the_queue_full_are_unjudged_at_once()
    {
        GuardPipeline pipeline = Pipeline([new FaultyDetector((_, _) => _hung.Task)], Limits);

        Task<Judgement>[] waiting = [.. Enumerable.Range(0, 3).Select(text => pipeline.JudgeAsync($"{text}", Direction.Input, Cancellation).AsTask())];
        await UntilAsync(() => SlowOf(pipeline) is { Running: 2, Waiting: 1 });
        Judgement late = await pipeline.JudgeAsync("late", Direction.Input, Cancellation);
        _hung.SetResult([]);

        Assert.Equal(Outcome.Unjudged, late.Verdict.Outcome);
        Assert.All(await Task.WhenAll(waiting), judgement => Assert.Equal(Outcome.Allowed, judgement.Verdict.Outcome));
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(TimeoutException))]
    public async Task A_detector_that_fails_too_often_is_left_alone_and_tried_again_after_a_pause(Type fault)
    {
        int calls = 0;
        bool ill = true;
        GuardPipeline pipeline = Pipeline([new FaultyDetector((_, _) =>
        {
            calls++;
            return ill ? throw (Exception)Activator.CreateInstance(fault)! : Task.FromResult<IReadOnlyList<Finding>>([]);
        })]);

        for (int text = 0; text < 10; text++)
        {
            Assert.Equal(Outcome.Unjudged, (await pipeline.JudgeAsync($"{text}", Direction.Input, Cancellation)).Verdict.Outcome);
        }

        Assert.Equal(3, calls);

        ill = false;
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(Outcome.Allowed, (await pipeline.JudgeAsync("well again", Direction.Input, Cancellation)).Verdict.Outcome);
    }

    [Fact]
    public async Task Texts_that_cannot_be_judged_do_not_switch_the_detector_off_for_others()
    {
        GuardPipeline pipeline = Pipeline([new FaultyDetector((text, _) => text.Original.Length > 100 ? throw new DetectionException("too long") : Task.FromResult<IReadOnlyList<Finding>>([]))]);

        for (int text = 0; text < 10; text++)
        {
            Assert.Equal(Outcome.Unjudged, (await pipeline.JudgeAsync(new string('x', 101 + text), Direction.Input, Cancellation)).Verdict.Outcome);
        }

        Assert.Equal(Outcome.Allowed, (await pipeline.JudgeAsync("short", Direction.Input, Cancellation)).Verdict.Outcome);
    }

    [Fact]
    public async Task Callers_who_leave_do_not_switch_the_detector_off_for_others()
    {
        GuardPipeline pipeline = Pipeline([new FaultyDetector(async (text, token) =>
        {
            await (text.Original == "stays" ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token));
            return [];
        })]);

        for (int text = 0; text < 10; text++)
        {
            using var client = new CancellationTokenSource();
            Task<Judgement> judged = pipeline.JudgeAsync($"{text}", Direction.Input, client.Token).AsTask();
            await UntilAsync(() => SlowOf(pipeline).Running > 0);
            await client.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => judged);
            await UntilAsync(() => SlowOf(pipeline).Running == 0);
        }

        Assert.Equal(Outcome.Allowed, (await pipeline.JudgeAsync("stays", Direction.Input, Cancellation)).Verdict.Outcome);
    }

    [Fact]
    public async Task Slow_detectors_run_beside_each_other()
    {
        using var both = new Barrier(2);
        FaultyDetector Meets() => new((_, _) => Task.Run<IReadOnlyList<Finding>>(() =>
        {
            both.SignalAndWait(Cancellation);
            return [];
        }));

        Judgement judgement = await Pipeline([Meets(), Meets()]).JudgeAsync("Hello", Direction.Input, Cancellation);

        Assert.Equal(Outcome.Allowed, judgement.Verdict.Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_guards_deadline_counts_over_the_whole_turn_and_not_the_models_time(bool modelIsSlow)
    {
        // Each text takes 0.9 s of the detector's second; the turn has five seconds, and eight texts before the reply.
        var slow = new FaultyDetector(async (_, token) =>
        {
            await (modelIsSlow ? Task.CompletedTask : Task.Delay(TimeSpan.FromMilliseconds(900), _time, token));
            return [];
        });
        using var client = new GuardrailsChatClient(new WaitingChatClient(_time, TimeSpan.FromMinutes(1)), Pipeline([slow]));
        ChatMessage[] messages = [.. Enumerable.Range(0, 8).Select(message => new ChatMessage(ChatRole.User, $"{message}"))];

        ChatResponse reply = await _time.ThroughAsync(client.GetResponseAsync(messages, cancellationToken: Cancellation), Work);

        var report = (GuardReport)reply.AdditionalProperties![GuardReport.Key]!;
        Assert.Equal(modelIsSlow ? Outcome.Allowed : Outcome.Unjudged, report.Outcome);
        Assert.Equal(modelIsSlow ? null : TurnPart.Request, report.BlockedAt);
    }

    [Fact]
    public async Task A_block_that_a_cheap_detector_gives_spares_a_turn_the_slow_ones()
    {
        var slow = new CountingDetector("slow", "x", "flagged", isWhole: true);
        using var client = new GuardrailsChatClient(new ScriptedChatClient("unreachable"), Pipeline([slow], rules: [Some.Block("insult")]));

        ChatResponse reply = await client.GetResponseAsync("You BADWORD", cancellationToken: Cancellation);

        var report = (GuardReport)reply.AdditionalProperties![GuardReport.Key]!;
        Assert.Equal((Outcome.Blocked, 0), (report.Outcome, slow.Calls));
        Assert.Equal(["slow"], report.SkippedDetectors);
    }

    [Fact]
    public async Task A_shadow_rule_still_sees_what_its_detector_finds_in_a_blocked_text()
    {
        var slow = new CountingDetector("slow", "x", "shadowed", isWhole: true);
        Rule shadow = Some.Block("shadowed") with { Mode = RuleMode.Shadow, Detectors = ["slow"] };
        using var client = new GuardrailsChatClient(new ScriptedChatClient("unreachable"), Pipeline([slow], rules: [Some.Block("insult"), shadow]));

        ChatResponse reply = await client.GetResponseAsync("You BADWORD x", cancellationToken: Cancellation);

        Assert.Equal(1, slow.Calls);
        Assert.Empty(((GuardReport)reply.AdditionalProperties![GuardReport.Key]!).SkippedDetectors);
    }

    [Fact]
    public async Task A_check_that_releases_nothing_asks_every_detector()
    {
        var slow = new CountingDetector("slow", "x", "flagged", isWhole: true);

        Judgement judgement = await Pipeline([slow], rules: [Some.Block("insult")]).JudgeAsync("You BADWORD", Direction.Input, Cancellation);

        Assert.Equal((Outcome.Blocked, 1), (judgement.Verdict.Outcome, slow.Calls));
    }

    [Fact]
    public async Task Disposing_waits_for_no_abandoned_call_and_what_it_runs_in_stays_until_it_ends()
    {
        GuardPipeline pipeline = Pipeline([new FaultyDetector((_, _) => _hung.Task)]);
        await JudgeAsync(pipeline, "one");

        pipeline.Dispose();
        Assert.False(pipeline.Detectors.Ended.IsCompleted);

        _hung.SetResult([]);
        await pipeline.Detectors.Ended.WaitAsync(Cancellation);
        Assert.Equal(Outcome.Unjudged, (await pipeline.JudgeAsync("after the end", Direction.Input, Cancellation)).Verdict.Outcome);
    }

    private static Bulkhead SlowOf(GuardPipeline pipeline) => pipeline.Detectors.Slow[0].Bulkhead;

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<Verdict> JudgeAsync(GuardPipeline pipeline, string text) =>
        (await _time.ThroughAsync(pipeline.JudgeAsync(text, Direction.Input, Cancellation).AsTask(), Work)).Verdict;

    /// <summary>One cheap detector, which objects to BADWORD, and the slow ones.</summary>
    private GuardPipeline Pipeline(IDetector[] slow, DetectorLimits? limits = null, Rule[]? rules = null)
    {
        IDetector[] cheap = [new CountingDetector("cheap", "BADWORD", "insult")];
        var policy = new Policy { Identity = Some.Policy().Identity, Responses = Some.Policy().Responses, Rules = rules ?? Some.UsualRules, Detectors = cheap, OtherLimits = limits ?? Limits };
        return Some.Pipeline(policy: policy, detectors: [.. cheap, .. slow], time: _time);
    }
}
