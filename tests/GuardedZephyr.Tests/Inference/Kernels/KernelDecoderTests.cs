using CsCheck;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Kernels;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Tests.Inference.Kernels;

/// <summary>A whole model on the kernels.</summary>
public sealed class KernelDecoderTests : IDisposable
{
    private const int Context = 96;
    private readonly Int4Folder _folder = new();

    private OnnxDecoder Alone => field ??= Open(slots: 1);

    private OnnxDecoder Together => field ??= Open(slots: 4);

    public void Dispose()
    {
        Alone.Dispose();
        Together.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Exported_model_runs_on_the_kernels_with_a_cache_of_half_the_size()
    {
        RequireInstructions();
        using var decoder = Open(slots: 2);

        Assert.True(decoder.Traits.StepsEqualPrefill);
        Assert.Equal(1, decoder.Traits.PrefillMultiple);
        Assert.Equal(2L * Context * 2 * 2 * 4 * 64 * sizeof(ushort), decoder.Traits.CacheBytes);
        Assert.Equal(decoder.Traits.CacheBytes, CachePlan.ForMemory(_folder.Model, new EngineOptions { Slots = 2, ContextLength = Context }, long.MaxValue).Bytes(_folder.Model.Decoder, sizeof(ushort)));
    }

    [Fact]
    public void Logits_are_near_those_of_ONNX_Runtimes_own_operators()
    {
        RequireInstructions();
        using var decoder = Open(slots: 1);
        int[] ids = [.. Ids(32, seed: 1)];

        decoder.Prefill(0, ids, 0, CancellationToken.None);

        var expected = Plain(ids);
        var deviation = Math.Sqrt(decoder.Logits(0).ToArray().Zip(expected, (a, b) => Math.Pow(a - b, 2)).Average());
        Assert.InRange(deviation / Math.Sqrt(expected.Average(value => value * value)), 0, 0.02);
    }

    /// <summary>Pieces that are prefills and steps, in slots that copy from each other, with other slots beside them.</summary>
    [Fact]
    public void Logits_are_the_same_to_the_last_bit_however_a_text_came_into_the_cache()
    {
        RequireInstructions();
        Gen.Select(Gen.Int[3, 60], Gen.Int[1, 12].Array[60], Gen.Bool.Array[60], Gen.Int[0, 60], Gen.Int[0, 1000]).Sample((length, pieces, step, copyAfter, seed) =>
        {
            int[] ids = [.. Ids(length, seed)];
            Alone.Prefill(0, ids, 0, CancellationToken.None);
            var slot = 0;
            for (var (done, piece) = (0, 0); done < length; piece++)
            {
                var count = step[piece] && done > 0 ? 1 : Math.Min(pieces[piece], length - done);
                if (step[piece] && done > 0)
                {
                    Together.Step([new SlotStep(slot, ids[done], done), new SlotStep(3, 7, seed % 50)], CancellationToken.None);
                }
                else
                {
                    Together.Prefill(slot, ids.AsSpan(done, count), done, CancellationToken.None);
                }

                done += count;
                if (slot == 0 && done >= copyAfter && done < length)
                {
                    Together.CopyPrefix(0, 2, done);
                    slot = 2;
                }
            }

            Assert.Equal(Alone.Logits(0).ToArray(), Together.Logits(slot).ToArray());
        }, iter: 60, threads: 1);
    }

    private OnnxDecoder Open(int slots) => new(_folder.Model, new EngineOptions { Threads = 2 }, new CachePlan(slots, Context));

    private float[] Plain(int[] ids)
    {
        var shape = _folder.Model.Decoder;
        using var session = new InferenceSession(_folder.Model.ModelPath);
        using var input = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(ids, id => (long)id), [1, ids.Length]);
        using var mask = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1L, ids.Length).ToArray(), [1, ids.Length]);
        var caches = Enumerable.Range(0, shape.Layers).SelectMany(layer => new[] { $"past_key_values.{layer}.key", $"past_key_values.{layer}.value" }).ToList();
        var empty = caches.ConvertAll(_ => OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), [1, shape.KeyValueHeads, 0, shape.HeadSize]));
        using var options = new RunOptions();
        using var outputs = session.Run(options, [shape.InputIds, shape.AttentionMask, .. caches], [input, mask, .. empty], [shape.Logits]);
        empty.ForEach(value => value.Dispose());
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static IEnumerable<int> Ids(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => random.Next(2, 2500));
    }

    private static void RequireInstructions() => Assert.SkipUnless(KernelDomain.IsSupported, "the kernels need a processor with AVX-512");
}
