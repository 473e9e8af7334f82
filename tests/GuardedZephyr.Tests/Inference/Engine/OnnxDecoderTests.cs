using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Tests.Inference.Engine;

/// <summary>Slots and batches on the model that ships, to the bit.</summary>
public sealed class OnnxDecoderTests
{
    private static readonly ModelFolder Nano = ModelFolder.Load(Path.Combine(Repository.Root, "models", "zephyr-nano"));
    private static readonly int[] Ids = [.. Enumerable.Range(0, 40).Select(i => 2 + (i * 131 % 2500))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void Step_gives_the_same_bits_alone_and_beside_others(int threads)
    {
        using var decoder = Open(slots: 4, threads);
        int[] lengths = [20, 8, 30, 2];
        var alone = new float[4][];
        for (var slot = 0; slot < 4; slot++)
        {
            decoder.Prefill(slot, Ids.AsSpan(0, lengths[slot]), 0, Cancellation);
            decoder.Step([new SlotStep(slot, Ids[^1], lengths[slot])], Cancellation);
            alone[slot] = decoder.Logits(slot).ToArray();
        }

        int[][] batches = [[0, 1, 2, 3], [3, 1], [0, 3], [2, 3], [1]];
        foreach (var batch in batches)
        {
            decoder.Step([.. batch.Select(slot => new SlotStep(slot, Ids[^1], lengths[slot]))], Cancellation);
            Assert.All(batch, slot => Assert.Equal(alone[slot], decoder.Logits(slot).ToArray()));
        }
    }

    [Fact]
    public void Idle_slot_inside_a_batch_keeps_its_cache()
    {
        using var decoder = Open(slots: 3);
        decoder.Prefill(1, Ids.AsSpan(0, 10), 0, Cancellation);
        decoder.Prefill(1, Ids.AsSpan(10, 2), 10, Cancellation);
        var expected = decoder.Logits(1).ToArray();
        decoder.Prefill(0, Ids.AsSpan(4, 6), 0, Cancellation);
        decoder.Prefill(2, Ids.AsSpan(8, 4), 0, Cancellation);

        decoder.Step([new SlotStep(0, 7, 6), new SlotStep(2, 9, 4)], Cancellation);
        decoder.Step([new SlotStep(0, 7, 7), new SlotStep(2, 9, 5)], Cancellation);

        decoder.Prefill(1, Ids.AsSpan(10, 2), 10, Cancellation);
        Assert.Equal(expected, decoder.Logits(1).ToArray());
        decoder.Step([new SlotStep(0, 7, 8), new SlotStep(2, 9, 6)], Cancellation);
        decoder.CopyPrefix(1, 0, 10);
        decoder.Prefill(0, Ids.AsSpan(10, 2), 10, Cancellation);
        Assert.Equal(expected, decoder.Logits(0).ToArray());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(16)]
    public void Even_prefills_give_the_same_bits_however_a_prompt_is_cut(int chunk)
    {
        using var decoder = Open(slots: 2);
        decoder.Prefill(0, Ids, 0, Cancellation);
        var whole = decoder.Logits(0).ToArray();

        for (var start = 0; start < Ids.Length; start += chunk)
        {
            decoder.Prefill(1, Ids.AsSpan(start, Math.Min(chunk, Ids.Length - start)), start, Cancellation);
        }

        Assert.Equal(whole, decoder.Logits(1).ToArray());
    }

    [Fact]
    public void Cancelled_prefill_leaves_what_was_cached_before_it()
    {
        using var decoder = Open(slots: 1);
        using var cancelled = new CancellationTokenSource();
        decoder.Prefill(0, Ids.AsSpan(0, 38), 0, Cancellation);
        decoder.Prefill(0, Ids.AsSpan(38), 38, Cancellation);
        var expected = decoder.Logits(0).ToArray();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => decoder.Prefill(0, Ids.AsSpan(0, 8), 38, cancelled.Token));

        decoder.Prefill(0, Ids.AsSpan(38), 38, Cancellation);
        Assert.Equal(expected, decoder.Logits(0).ToArray());
    }

    [Fact]
    public void Cache_has_the_size_that_was_planned()
    {
        using var decoder = Open(slots: 3);

        Assert.Equal(3L * 64 * 4 * 2 * 3 * 64 * 4, decoder.Traits.CacheBytes);
        Assert.True(decoder.Traits.BatchesAgree);
    }

    private static OnnxDecoder Open(int slots, int threads = 1) => new(Nano, new EngineOptions { Threads = threads }, new CachePlan(slots, 64));
}
