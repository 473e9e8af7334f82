using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Sampling;

namespace GuardedZephyr.Tests.Inference.Engine;

public sealed class DecodeEngineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reply_ends_at_the_end_mark_which_is_neither_text_nor_counted()
    {
        using var test = new TestEngine("hello you");

        var (text, result) = await test.Generate(test.Request("hi"));

        Assert.Equal("hello you", text);
        Assert.Equal(new GenerationResult(StopReason.Stop, InputTokens: 2, OutputTokens: 5), result);
    }

    [Theory]
    [InlineData(3, "abc", StopReason.Length)]
    [InlineData(6, "abcdef", StopReason.Length)]
    [InlineData(7, "abcdef", StopReason.Stop)]
    public async Task Limit_of_tokens_ends_the_reply_only_when_it_is_reached(int limit, string expected, StopReason reason)
    {
        using var test = new TestEngine("abcdef");

        var (text, result) = await test.Generate(test.Request(maxTokens: limit));

        Assert.Equal((expected, reason), (text, result.Reason));
    }

    [Fact]
    public async Task Reply_without_a_limit_fills_the_context()
    {
        using var test = new TestEngine(new string('x', 100));

        var (text, result) = await test.Generate(test.Request("hi"));

        Assert.Equal(TestEngine.Context - 2, text.Length);
        Assert.Equal(StopReason.Length, result.Reason);
    }

    [Theory]
    [InlineData("one two STOP three", "one two ", "STOP")]
    [InlineData("one twST STOP", "one twST ", "STOP")]
    [InlineData("aab", "", "aab")]
    [InlineData("abcSTO", "abcSTO", "STOP")]
    [InlineData("x\nUser: y", "x", "\nUser:", "y")]
    public async Task Stop_string_across_tokens_is_never_released(string reply, string expected, params string[] stops)
    {
        using var test = new TestEngine(reply);

        var (text, result) = await test.Generate(test.Request("hi", null, stops));

        Assert.Equal(expected, text);
        Assert.Equal(StopReason.Stop, result.Reason);
    }

    [Fact]
    public async Task Long_prompt_is_read_in_chunks()
    {
        using var test = new TestEngine("a", new EngineOptions { PrefillChunk = 8 });

        await test.Generate(test.Request(new string('q', 20)));

        Assert.Equal(["prefill 0: 8 at 0", "prefill 0: 8 at 8", "prefill 0: 4 at 16", "step 0"], test.Runs);
    }

    [Fact]
    public void Prompt_that_leaves_no_room_is_refused_with_both_numbers()
    {
        using var test = new TestEngine("a");

        var error = Assert.Throws<ContextLengthExceededException>(() => test.Engine.GenerateAsync(test.Request(new string('q', TestEngine.Context)), Cancellation));

        Assert.Equal((TestEngine.Context, TestEngine.Context), (error.PromptTokens, error.ContextLength));
    }

    [Fact]
    public async Task Full_queue_refuses_the_next_request_and_serves_the_others()
    {
        using var step = new Gate();
        using var test = new TestEngine("ok", new EngineOptions { QueueLimit = 1 }, step.BeforeRun);
        var running = test.Generate(test.Request());
        await step.Reached;
        var waiting = test.Generate(test.Request());

        Assert.Throws<EngineBusyException>(() => test.Engine.GenerateAsync(test.Request(), Cancellation));
        Assert.Equal((1, 1), (test.Engine.Status.BusySlots, test.Engine.Status.QueueLength));

        step.Open();
        Assert.Equal("ok", (await running).Text);
        Assert.Equal("ok", (await waiting).Text);
    }

    [Fact]
    public async Task Cancelled_request_ends_during_its_step_and_the_next_one_runs()
    {
        using var step = new Gate();
        using var test = new TestEngine("ok", beforeRun: step.BeforeRun);
        using var cancellation = new CancellationTokenSource();
        var cancelled = test.Engine.GenerateAsync(test.Request(), cancellation.Token).ToListAsync(Cancellation).AsTask();
        await step.Reached;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        step.Open();
        Assert.Equal("ok", (await test.Generate(test.Request())).Text);
        Assert.Equal(0, test.Engine.Status.Rebuilds);
    }

    [Fact]
    public async Task Reader_that_leaves_early_frees_the_slot()
    {
        using var test = new TestEngine(new string('x', 25));

        await foreach (var update in test.Engine.GenerateAsync(test.Request(), Cancellation))
        {
            break;
        }

        Assert.Equal(25, (await test.Generate(test.Request())).Text.Length);
    }

    [Fact]
    public async Task Disposal_ends_running_and_waiting_requests()
    {
        using var step = new Gate();
        var test = new TestEngine("ok", beforeRun: step.BeforeRun);
        var running = test.Generate(test.Request());
        await step.Reached;
        var waiting = test.Generate(test.Request());

        test.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(test.Decoders[0].Disposed);
        Assert.Throws<ObjectDisposedException>(() => test.Engine.GenerateAsync(test.Request(), Cancellation));
    }

    [Fact]
    public async Task Status_tells_when_the_last_step_was()
    {
        using var test = new TestEngine("ok");
        var afterWarmUp = test.Engine.Status.LastStep;

        await test.Generate(test.Request());

        Assert.NotNull(afterWarmUp);
        Assert.True(test.Engine.Status.LastStep >= afterWarmUp);
        Assert.True(test.Engine.Status.IsReady);
    }

    [Fact]
    public void Invalid_request_is_refused_at_the_call()
    {
        using var test = new TestEngine("ok");

        Assert.Throws<ArgumentException>(() => test.Engine.GenerateAsync(test.Request() with { Prompt = [] }, Cancellation));
        Assert.Throws<ArgumentException>(() => test.Engine.GenerateAsync(test.Request() with { Prompt = [300] }, Cancellation));
        Assert.Throws<ArgumentException>(() => test.Engine.GenerateAsync(test.Request() with { StopStrings = [""] }, Cancellation));
        Assert.Throws<ArgumentException>(() => test.Engine.GenerateAsync(test.Request(maxTokens: 0), Cancellation));
        Assert.Throws<ArgumentException>(() => test.Engine.GenerateAsync(test.Request() with { TopLogprobs = 21 }, Cancellation));
        Assert.Throws<UnknownTokenException>(() => test.Engine.GenerateAsync(test.Request() with { Sampling = new SamplingSettings { LogitBias = new Dictionary<int, float> { [300] = 1 } } }, Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.Engine.GenerateAsync(test.Request() with { Sampling = new SamplingSettings { TopP = -1 } }, Cancellation));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.Engine.GenerateAsync(test.Request() with { Sampling = new SamplingSettings { Temperature = float.NaN } }, Cancellation));
    }
}
