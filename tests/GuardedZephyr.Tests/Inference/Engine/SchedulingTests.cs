using GuardedZephyr.Inference.Engine;

namespace GuardedZephyr.Tests.Inference.Engine;

/// <summary>Who runs when, and what is reused. The decoder is a fake whose next letter is a function of all ids before it, so a wrong cache is a wrong reply.</summary>
public sealed class SchedulingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_that_run_together_are_decoded_in_one_batch()
    {
        using var gate = new Gate();
        using var test = new TestEngine(null, new EngineOptions { Slots = 3 }, gate.BeforeRun);
        var first = test.Generate(test.Request("one", maxTokens: 4));
        await gate.Reached;
        var others = new[] { test.Generate(test.Request("two", maxTokens: 4)), test.Generate(test.Request("six", maxTokens: 4)) };
        gate.Open();
        await Task.WhenAll([first, .. others]);

        Assert.Contains("step 0,1,2", test.Runs);
        Assert.True(test.Runs.Count(run => run.StartsWith("step", StringComparison.Ordinal)) < 9);
    }

    [Fact]
    public async Task Long_prompt_lets_the_others_step_between_its_chunks()
    {
        using var gate = new Gate();
        using var test = new TestEngine(null, new EngineOptions { Slots = 2, PrefillChunk = 4 }, gate.BeforeRun);
        var writing = test.Generate(test.Request("ab", maxTokens: 9));
        await gate.Reached;
        var reading = test.Generate(test.Request(new string('q', 20), maxTokens: 1));
        gate.Open();
        await Task.WhenAll(writing, reading);

        var chunks = test.Runs.Index().Where(run => run.Item.StartsWith("prefill 1", StringComparison.Ordinal)).Select(run => run.Index).ToList();
        Assert.Equal(5, chunks.Count);
        Assert.All(chunks.Zip(chunks.Skip(1)), pair => Assert.Contains("step 0", test.Runs.Skip(pair.First).Take(pair.Second - pair.First)));
    }

    [Fact]
    public async Task Short_prompt_does_not_wait_for_the_end_of_a_long_one()
    {
        using var gate = new Gate();
        using var test = new TestEngine(null, new EngineOptions { Slots = 2, PrefillChunk = 4 }, gate.BeforeRun);
        var longer = test.Generate(test.Request(new string('q', 28), maxTokens: 1));
        await gate.Reached;
        var shorter = test.Generate(test.Request("abcdef", maxTokens: 1));
        gate.Open();
        await Task.WhenAll(longer, shorter);

        Assert.Equal("prefill 0: 4 at 24", test.Runs.Last(run => run.StartsWith("prefill", StringComparison.Ordinal)));
        Assert.Contains("prefill 1: 2 at 4", test.Runs.Take(6));
    }

    [Fact]
    public async Task Those_that_wait_are_served_in_their_order()
    {
        using var gate = new Gate();
        using var test = new TestEngine(null, beforeRun: gate.BeforeRun);
        var running = test.Generate(test.Request("first", maxTokens: 1));
        await gate.Reached;
        var waiting = Enumerable.Range(1, 5).Select(length => test.Generate(test.Request(new string((char)('a' + length), length), maxTokens: 1))).ToList();
        gate.Open();
        await Task.WhenAll([running, .. waiting]);

        Assert.Equal(["prefill 0: 5 at 0", .. Enumerable.Range(1, 5).Select(length => $"prefill 0: {length} at 0")], test.Runs);
    }

    [Fact]
    public async Task Cancelled_request_stops_in_the_middle_of_its_prompt_and_the_others_go_on()
    {
        using var gate = new Gate();
        using var test = new TestEngine(null, new EngineOptions { Slots = 2, PrefillChunk = 4 }, gate.BeforeRun);
        using var leaving = new CancellationTokenSource();
        var cancelled = test.Engine.GenerateAsync(test.Request(new string('q', 20)), leaving.Token).ToListAsync(Cancellation).AsTask();
        await gate.Reached;
        var other = test.Generate(test.Request("ab", maxTokens: 3));

        await leaving.CancelAsync();
        gate.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(await Alone("ab", 3), (await other).Text);
        Assert.DoesNotContain(test.Runs, run => run.Contains("at 4", StringComparison.Ordinal));
        Assert.Equal(0, test.Engine.Status.Rebuilds);
    }

    [Fact]
    public async Task Requests_that_were_cancelled_while_waiting_make_room_in_the_queue()
    {
        using var gate = new Gate();
        using var test = new TestEngine(null, new EngineOptions { QueueLimit = 1 }, gate.BeforeRun);
        using var leaving = new CancellationTokenSource();
        var running = test.Generate(test.Request("first", maxTokens: 1));
        await gate.Reached;
        var cancelled = test.Engine.GenerateAsync(test.Request("second"), leaving.Token).ToListAsync(Cancellation).AsTask();
        await leaving.CancelAsync();

        var third = test.Generate(test.Request("third", maxTokens: 1));
        gate.Open();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(await Alone("third", 1), (await third).Text);
        await running;
    }

    [Fact]
    public async Task Next_turn_of_a_conversation_finds_the_turns_before_it_cached()
    {
        using var test = new TestEngine(null, new EngineOptions { Slots = 2 });
        var first = await test.Generate(test.Request("abcd", maxTokens: 4));
        await test.Generate(test.Request("zzzz", maxTokens: 4));

        var second = await test.Generate(test.Request("abcd" + first.Text + "xy", maxTokens: 4));

        Assert.Equal(7, second.Result.CachedTokens);
        Assert.Equal(await Alone("abcd" + first.Text + "xy", 4), second.Text);
        Assert.Contains("prefill 0: 3 at 7", test.Runs);
        Assert.Equal((1, 7), (test.Engine.Status.PrefixHits, test.Engine.Status.CachedTokens));
    }

    [Fact]
    public async Task Start_that_another_conversation_has_is_copied_and_that_conversation_stays()
    {
        using var test = new TestEngine(null, new EngineOptions { Slots = 2 });
        await test.Generate(test.Request("system: be brief. a?", maxTokens: 4));

        var other = await test.Generate(test.Request("system: be brief. b?", maxTokens: 1));
        var again = await test.Generate(test.Request("system: be brief. a?", maxTokens: 4));

        Assert.Contains("copy 0 1: 18", test.Runs);
        Assert.Equal((18, 19), (other.Result.CachedTokens, again.Result.CachedTokens));
        Assert.Equal(await Alone("system: be brief. b?", 1), other.Text);
        Assert.Equal(await Alone("system: be brief. a?", 4), again.Text);
    }

    [Fact]
    public async Task New_conversation_takes_the_slot_that_was_used_longest_ago()
    {
        using var test = new TestEngine(null, new EngineOptions { Slots = 2 });
        await test.Generate(test.Request("aaaa", maxTokens: 1));
        await test.Generate(test.Request("bbbb", maxTokens: 1));
        await test.Generate(test.Request("aaaa", maxTokens: 1));

        await test.Generate(test.Request("cccc", maxTokens: 1));

        Assert.Equal("prefill 1: 4 at 0", test.Runs[^1]);
        Assert.Equal(3, (await test.Generate(test.Request("aaaa", maxTokens: 1))).Result.CachedTokens);
    }

    [Fact]
    public async Task Decoder_that_cannot_continue_gets_each_prompt_whole()
    {
        using var test = new TestEngine(null, new EngineOptions { Slots = 2, PrefillChunk = 4 }, traits: some => some with { ContinuesPrefill = false, CopiesPrefix = false });
        var first = await test.Generate(test.Request("abcdefghij", maxTokens: 2));

        var second = await test.Generate(test.Request("abcdefghij" + first.Text + "k", maxTokens: 2));

        Assert.Equal(0, second.Result.CachedTokens);
        Assert.Equal(["prefill 0: 10 at 0", "step 0", "prefill 1: 13 at 0", "step 1"], test.Runs);
    }

    [Fact]
    public async Task Reply_is_run_again_as_a_prefill_while_nobody_waits()
    {
        var settled = new TaskCompletionSource();
        using var test = new TestEngine(
            null,
            new EngineOptions { PrefillChunk = 4 },
            traits: some => some with { StepsEqualPrefill = false, PrefillMultiple = 2 },
            afterRun: (run, logits) => Assert.True(run != FakeDecoder.WarmUp + 5 || settled.TrySetResult()));
        var first = await test.Generate(test.Request("abcd", maxTokens: 5));
        await settled.Task.WaitAsync(Cancellation);

        var second = await test.Generate(test.Request("abcd" + first.Text + "xy", maxTokens: 3));

        Assert.Equal(["prefill 0: 4 at 0", "step 0", "step 0", "step 0", "step 0", "prefill 0: 4 at 4"], test.Runs.Take(6));
        Assert.Equal(8, second.Result.CachedTokens);
        Assert.Equal(await Alone("abcd" + first.Text + "xy", 3), second.Text);
    }

    [Fact]
    public async Task Request_cuts_off_the_readying_of_a_reply()
    {
        using var settling = new Gate();
        using var test = new TestEngine(
            null,
            new EngineOptions { PrefillChunk = 4 },
            (run, cancellation) => settling.BeforeRun(run == FakeDecoder.WarmUp + 5 ? run : 0, cancellation),
            traits: some => some with { StepsEqualPrefill = false, PrefillMultiple = 2 });
        await test.Generate(test.Request("abcd", maxTokens: 5));
        await settling.Reached;

        // The gate stays shut: only cancelling the run lets the engine go on.
        settling.OpenAfterwards();
        var next = await test.Generate(test.Request("xy", maxTokens: 2));

        Assert.Equal(await Alone("xy", 2), next.Text);
        Assert.Equal(0, test.Engine.Status.Rebuilds);
    }

    [Fact]
    public async Task Status_tells_what_runs_and_what_the_cache_holds()
    {
        using var gate = new Gate();
        using var test = new TestEngine(null, new EngineOptions { Slots = 2 }, gate.BeforeRun);
        var running = test.Generate(test.Request("abcd", maxTokens: 3));
        await gate.Reached;

        var busy = test.Engine.Status;
        gate.Open();
        await running;
        await test.Generate(test.Request("x", maxTokens: 1));
        var idle = test.Engine.Status;

        Assert.Equal((EngineState.Ready, 2, 1), (busy.State, busy.Slots, busy.BusySlots));
        Assert.Equal(2 * TestEngine.Context * 100, busy.CacheBytes);
        Assert.Equal(700, idle.UsedCacheBytes);
        Assert.Equal((5, 4), (idle.PromptTokens, idle.OutputTokens));
    }

    private static async Task<string> Alone(string prompt, int maxTokens)
    {
        using var test = new TestEngine(null);
        return (await test.Generate(test.Request(prompt, maxTokens))).Text;
    }
}
