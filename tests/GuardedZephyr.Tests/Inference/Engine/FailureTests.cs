using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.Inference.Engine;

public sealed class FailureTests
{
    [Fact]
    public async Task Failed_step_fails_its_turns_only_and_the_session_is_rebuilt()
    {
        var failed = false;
        using var test = new TestEngine("ok", beforeRun: (run, _) =>
        {
            if (run == FakeDecoder.WarmUp + 1 && !failed)
            {
                failed = true;
                throw new InvalidOperationException("broken");
            }
        });

        await Assert.ThrowsAsync<EngineFailedException>(() => test.Generate(test.Request()));

        Assert.Equal("ok", (await test.Generate(test.Request())).Text);
        Assert.Equal(1, test.Engine.Status.Rebuilds);
        Assert.True(test.Engine.Status.IsReady);
        Assert.Equal([true, false], test.Decoders.Select(decoder => decoder.Disposed));
    }

    [Fact]
    public async Task Turn_that_was_not_in_the_failed_run_goes_on_where_it_was()
    {
        using var gate = new Gate();
        var failed = false;
        using var test = new TestEngine(null, new EngineOptions { Slots = 2 }, (run, cancellation) =>
        {
            gate.BeforeRun(run, cancellation);

            // The second prompt's prefill, when the first one has written a token or two.
            if (run == FakeDecoder.WarmUp + 2 && !failed)
            {
                failed = true;
                throw new InvalidOperationException("broken");
            }
        });
        var writing = test.Generate(test.Request("abcd", maxTokens: 6));
        await gate.Reached;
        var failing = test.Generate(test.Request("efgh", maxTokens: 6));
        gate.Open();

        await Assert.ThrowsAsync<EngineFailedException>(() => failing);
        using var undisturbed = new TestEngine(null);
        Assert.Equal((await undisturbed.Generate(undisturbed.Request("abcd", maxTokens: 6))).Text, (await writing).Text);
        Assert.Equal(1, test.Engine.Status.Rebuilds);
    }

    [Fact]
    public async Task What_was_cached_is_forgotten_with_the_session()
    {
        var failNext = false;
        using var test = new TestEngine(null, beforeRun: (_, _) =>
        {
            if (failNext)
            {
                failNext = false;
                throw new InvalidOperationException("broken");
            }
        });
        await test.Generate(test.Request("abcdefgh", maxTokens: 1));
        failNext = true;
        await Assert.ThrowsAsync<EngineFailedException>(() => test.Generate(test.Request("x", maxTokens: 1)));

        Assert.Equal(0, (await test.Generate(test.Request("abcdefgh", maxTokens: 1))).Result.CachedTokens);
    }

    [Fact]
    public async Task Logits_that_are_no_numbers_fail_their_turn_and_clear_its_slot_only()
    {
        var spoil = true;
        using var test = new TestEngine(null, new EngineOptions { Slots = 2 }, afterRun: (run, logits) =>
        {
            if (run == FakeDecoder.WarmUp && spoil)
            {
                spoil = false;
                logits[7] = float.NaN;
            }
        });

        var error = await Assert.ThrowsAsync<EngineFailedException>(() => test.Generate(test.Request("abcd", maxTokens: 1)));

        Assert.Contains("not finite", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await test.Generate(test.Request("abcd", maxTokens: 1))).Result.CachedTokens);
        Assert.Equal(0, test.Engine.Status.Rebuilds);
    }

    [Fact]
    public async Task Session_that_cannot_be_opened_again_is_tried_a_few_times_with_growing_waits()
    {
        var time = new FakeTimeProvider();
        var (opened, fail) = (0, false);
        using var test = new TestEngine(
            "ok",
            time: time,
            beforeRun: (_, _) => ThrowIf(Volatile.Read(ref fail)),
            onOpen: () => ThrowIf(Interlocked.Increment(ref opened) > 1 && Volatile.Read(ref fail)));
        Volatile.Write(ref fail, true);

        var failing = test.Generate(test.Request());
        while (test.Engine.Status.State != EngineState.Failed)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await Assert.ThrowsAsync<EngineFailedException>(() => failing);
        Assert.Equal(6, opened);

        Volatile.Write(ref fail, false);
        Assert.Equal("ok", (await test.Generate(test.Request())).Text);
        Assert.True(test.Engine.Status.IsReady);
    }

    [Fact]
    public void Model_that_does_not_load_is_refused_at_once() =>
        Assert.Throws<ModelFolderException>(() => new TestEngine("ok", onOpen: () => throw new ModelFolderException("model.onnx", "broken")));

    private static void ThrowIf(bool failing)
    {
        if (failing)
        {
            throw new IOException("no device");
        }
    }
}
