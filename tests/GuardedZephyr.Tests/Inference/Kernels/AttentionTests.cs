using CsCheck;
using GuardedZephyr.Inference.Kernels;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Tests.Inference.Kernels;

public sealed class AttentionTests
{
    [Theory]
    [InlineData(2, 2, 80)]
    [InlineData(4, 2, 64)]
    [InlineData(4, 1, 16)]
    [InlineData(3, 3, 160)]
    public void Attention_is_that_of_ONNX_Runtime_but_for_the_caches_rounding(int heads, int groups, int headSize)
    {
        RequireInstructions();
        using var ours = new AttentionModel(kernel: true, heads, groups, headSize, sequences: 1);
        using var theirs = new AttentionModel(kernel: false, heads, groups, headSize, sequences: 1);
        var (prompt, next) = (States(21, seed: 1), States(1, seed: 2));

        var (first, second) = (ours.Run(prompt, 0, [21]), ours.Run(next, 0, [22]));

        Near(theirs.Run(prompt, 0, [21]), first);
        Near(theirs.Run(next, 0, [22]), second);
    }

    [Fact]
    public void Token_is_answered_the_same_to_the_last_bit_however_the_text_is_cut()
    {
        RequireInstructions();
        Gen.Select(Gen.Int[1, 48], Gen.Int[1, 9].Array[48], Gen.Int[0, 1000]).Sample((length, cuts, seed) =>
        {
            using var whole = new AttentionModel(kernel: true, 4, 2, 80, sequences: 1);
            using var cut = new AttentionModel(kernel: true, 4, 2, 80, sequences: 1);
            var states = States(length, seed);
            Assert.True(whole.Exact);

            var expected = whole.Run(states, 0, [length]);
            var actual = new List<float>();
            for (var (start, piece) = (0, 0); start < length; piece++)
            {
                var end = Math.Min(start + cuts[piece], length);
                actual.AddRange(cut.Run(states[(start * AttentionModel.Width)..(end * AttentionModel.Width)], 0, [end]));
                start = end;
            }

            Assert.Equal(expected, actual);
        }, iter: 30);
    }

    [Fact]
    public void Step_is_the_same_to_the_last_bit_alone_and_beside_sequences_of_other_lengths()
    {
        RequireInstructions();
        int[] lengths = [5, 33, 1, 17];
        using var alone = new AttentionModel(kernel: true, 4, 4, 64, sequences: 4);
        using var together = new AttentionModel(kernel: true, 4, 4, 64, sequences: 4);
        for (var i = 0; i < lengths.Length; i++)
        {
            alone.Run(States(lengths[i], seed: i), i, [lengths[i]]);
            together.Run(States(lengths[i], seed: i), i, [lengths[i]]);
        }

        var steps = States(4, seed: 9);
        var expected = Enumerable.Range(0, 4).SelectMany(i => alone.Run(steps[(i * AttentionModel.Width)..((i + 1) * AttentionModel.Width)], i, [lengths[i] + 1]));

        Assert.Equal(expected, together.Run(steps, 0, [.. lengths.Select(length => length + 1)]));
    }

    [Fact]
    public void Tokens_that_were_rewound_do_not_matter()
    {
        RequireInstructions();
        using var model = new AttentionModel(kernel: true, 2, 2, 64, sequences: 1);
        using var fresh = new AttentionModel(kernel: true, 2, 2, 64, sequences: 1);
        var (prompt, next) = (States(10, seed: 1), States(1, seed: 2));
        fresh.Run(prompt, 0, [10]);

        model.Run(prompt, 0, [10]);
        model.Run(States(30, seed: 3), 0, [40]);

        Assert.Equal(fresh.Run(next, 0, [11]), model.Run(next, 0, [11]));
    }

    [Fact]
    public void Sequence_that_its_cache_cannot_hold_is_an_error()
    {
        RequireInstructions();
        using var model = new AttentionModel(kernel: true, 2, 2, 64, sequences: 1, capacity: 32);

        var error = Assert.Throws<OnnxRuntimeException>(() => model.Run(States(33, seed: 1), 0, [33]));

        Assert.Contains("do not fit its cache", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_rounded_to_sixteen_bits_as_Half_does()
    {
        RequireInstructions();
        Gen.OneOf(Gen.Float, Gen.Float[-2, 2], Gen.Float[-1e-5f, 1e-5f], Gen.Float[-70000, 70000]).Array[16].Sample(values =>
        {
            var bounded = Array.ConvertAll(values, value => float.IsNaN(value) ? 0 : Math.Clamp(value, (float)Half.MinValue, (float)Half.MaxValue));

            var (stored, loaded) = HalfRoundTrip(bounded);

            Assert.Equal(Array.ConvertAll(bounded, value => (Half)value), stored);
            Assert.Equal(Array.ConvertAll(stored, value => (float)value), loaded);
        }, iter: 2000);
    }

    private static unsafe (Half[] Stored, float[] Loaded) HalfRoundTrip(float[] values)
    {
        var (stored, loaded) = (new Half[16], new float[16]);
        fixed (float* from = values, back = loaded)
        fixed (Half* to = stored)
        {
            HalfVector.Store(System.Runtime.Intrinsics.Vector512.Load(from), (short*)to);
            System.Runtime.Intrinsics.Vector512.Store(HalfVector.Load((short*)to), back);
        }

        return (stored, loaded);
    }

    private static void Near(float[] expected, float[] actual)
    {
        var scale = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second) / scale, 0, 2e-3));
    }

    private static void RequireInstructions() => Assert.SkipUnless(KernelDomain.IsSupported, "the kernel needs a processor with AVX-512");

    private static float[] States(int tokens, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, tokens * AttentionModel.Width).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
