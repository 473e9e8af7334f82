using CsCheck;
using GuardedZephyr.DirectML;
using GuardedZephyr.DirectML.Decoding;
using GuardedZephyr.DirectML.Native;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Tests.DirectML;

public sealed class GenAiDecoderTests
{
    private const int Context = 64;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CPU")]
    [InlineData("CUDA")]
    [InlineData("DirectML")]
    public void Logits_are_always_those_of_the_ids_that_the_engine_gave(string device) =>
        Gen.Int[0, 2].Select(Gen.Int[0, 3], Gen.Int[0, 39].Array[1, 9]).Array[1, 12].Sample(
            turns =>
            {
                var library = new FakeLibrary(device);
                using var decoder = Open(library);
                var cached = new List<int>();
                foreach (var (kind, keep, ids) in turns)
                {
                    if (kind > 0 || cached.Count + ids.Length > Context)
                    {
                        var past = decoder.Traits.ContinuesPrefill ? cached.Count * keep / 3 : 0;
                        past = Math.Min(past, Context - ids.Length);
                        cached.RemoveRange(past, cached.Count - past);
                        if (kind == 2)
                        {
                            CancelledPrefill(library, decoder, ids, past);
                            if (past == 0)
                            {
                                continue;
                            }

                            decoder.Step([new SlotStep(1, ids[0], past)], Cancellation);
                            cached.Add(ids[0]);
                        }
                        else
                        {
                            decoder.Prefill(1, ids, past, Cancellation);
                            cached.AddRange(ids);
                        }
                    }
                    else if (cached.Count > 0)
                    {
                        foreach (var id in ids)
                        {
                            decoder.Step([new SlotStep(1, id, cached.Count)], Cancellation);
                            cached.Add(id);
                        }
                    }

                    if (cached.Count > 0)
                    {
                        Assert.Equal(FakeLibrary.LogitsAfter(cached.ToArray()), decoder.Logits(1).ToArray());
                    }
                }
            },
            iter: 300);

    [Fact]
    public void DirectML_gets_a_new_generator_for_each_prompt_after_the_old_one_is_gone()
    {
        var library = new FakeLibrary("DirectML");
        using (var decoder = Open(library, slots: 1))
        {
            decoder.Prefill(0, [5, 6], 0, Cancellation);
            decoder.Step([new SlotStep(0, 7, 2)], Cancellation);
            decoder.Prefill(0, [5, 6, 7, 8], 0, Cancellation);
        }

        Assert.Equal(["open", "create", "destroy", "create", "destroy", "close"], library.Log);
    }

    [Theory]
    [InlineData("CPU")]
    [InlineData("CUDA")]
    public void Other_devices_keep_the_generator_of_a_slot(string device)
    {
        var library = new FakeLibrary(device);
        using (var decoder = Open(library, slots: 1))
        {
            decoder.Prefill(0, [5, 6], 0, Cancellation);
            decoder.Step([new SlotStep(0, 7, 2)], Cancellation);
            decoder.Prefill(0, [8], 2, Cancellation);
            decoder.Prefill(0, [9], 0, Cancellation);
        }

        Assert.Equal(["open", "create", "destroy", "close"], library.Log);
    }

    [Theory]
    [InlineData("CPU")]
    [InlineData("DirectML")]
    public void Prompt_of_padding_only_is_read_like_any_other(string device)
    {
        using var decoder = Open(new FakeLibrary(device));

        decoder.Prefill(0, [FakeLibrary.Padding, FakeLibrary.Padding], 0, Cancellation);

        Assert.Equal(FakeLibrary.LogitsAfter([FakeLibrary.Padding, FakeLibrary.Padding]), decoder.Logits(0).ToArray());
    }

    [Fact]
    public void Traits_say_what_the_device_can()
    {
        using var directML = Open(new FakeLibrary("DirectML"), slots: 3, target: ModelTarget.DirectML);
        using var cuda = Open(new FakeLibrary("CUDA"), slots: 2, target: ModelTarget.Cuda);

        Assert.Equal((3, Context, 40), (directML.Traits.Slots, directML.Traits.ContextLength, directML.Traits.VocabularySize));
        Assert.Equal((false, true), (directML.Traits.ContinuesPrefill, cuda.Traits.ContinuesPrefill));
        Assert.False(directML.Traits.CopiesPrefix || directML.Traits.StepsEqualPrefill);
        Assert.Equal(2 * Context * 4 * 2 * 3 * 8 * 2, cuda.Traits.CacheBytes);
    }

    [Fact]
    public void Context_of_the_plan_is_what_the_library_allocates()
    {
        Assert.Contains("\"max_length\":123}", new GenAiSettings("f", 40, 123, OnCpu: false).Overlay, StringComparison.Ordinal);

        var library = new FakeLibrary();
        Assert.Throws<GenAiException>(() => Open(library, context: Context + 1));
        Assert.Equal((0, 0), (library.OpenModels, library.OpenGenerators));
    }

    [Fact]
    public void Calls_on_one_device_wait_for_each_other()
    {
        var library = new FakeLibrary();
        using var first = Open(library);
        using var second = Open(library);

        Parallel.ForEach([first, second], decoder =>
        {
            for (var i = 0; i < 100; i++)
            {
                decoder.Prefill(0, [5, 6], 0, Cancellation);
                decoder.Step([new SlotStep(1, 7, 0)], Cancellation);
            }
        });

        Assert.Equal(1, library.Crowd);
    }

    [Fact]
    public void Cancelled_call_runs_nothing()
    {
        using var decoder = Open(new FakeLibrary());
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => decoder.Prefill(0, [5], 0, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => decoder.Step([new SlotStep(0, 5, 0)], cancelled.Token));
        decoder.Prefill(0, [6], 0, Cancellation);
        Assert.Equal(FakeLibrary.LogitsAfter([6]), decoder.Logits(0).ToArray());
    }

    [Fact]
    public void Lost_device_is_not_taken_for_a_cancellation()
    {
        var library = new FakeLibrary();
        using var decoder = Open(library);
        using var cancellation = new CancellationTokenSource();
        library.BeforeRun = () =>
        {
            cancellation.Cancel();
            throw new GenAiException("887A0006");
        };

        Assert.Throws<ModelDeviceException>(() => decoder.Prefill(0, [5, 6], 0, cancellation.Token));
    }

    /// <summary>IsDone of a terminated generator ends the process; strings of the tokenizer end at U+0000.</summary>
    [Fact]
    public void What_must_not_be_called_is_not_even_imported() =>
        Assert.DoesNotContain(typeof(Oga).GetMethods(), method => method.Name.Contains("IsDone") || method.Name.Contains("Tokenizer") || method.Name.Contains("Encode"));

    private static void CancelledPrefill(FakeLibrary library, GenAiDecoder decoder, int[] ids, int past)
    {
        using var cancellation = new CancellationTokenSource();
        library.BeforeRun = cancellation.Cancel;
        Assert.Throws<OperationCanceledException>(() => decoder.Prefill(1, ids, past, cancellation.Token));
        library.BeforeRun = () => { };
    }

    private static GenAiDecoder Open(FakeLibrary library, int slots = 2, int context = Context, ModelTarget target = ModelTarget.Cpu)
    {
        var folder = Some.Folder(target);
        return new GenAiDecoder(folder, new CachePlan(slots, context), library.Open(new GenAiSettings("folder", folder.VocabularySize, context, OnCpu: false)), _ => { });
    }
}
