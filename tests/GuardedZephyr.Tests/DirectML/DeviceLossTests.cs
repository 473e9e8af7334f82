using GuardedZephyr.DirectML;
using GuardedZephyr.DirectML.Decoding;
using GuardedZephyr.DirectML.Native;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.DirectML;

/// <summary>A lost device, through the selection that a host uses, as the engine would go on: a call fails, the decoder is disposed, another is opened.</summary>
public sealed class DeviceLossTests
{
    private const string Removed = "Non-zero status code returned while running DmlFusedNode: 887A0005 The GPU device instance has been suspended.";

    private readonly FakeLibrary _library = new("DirectML");
    private readonly ListLogger<DecoderSelection> _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly List<TimeSpan> _waits = [];
    private int _exits;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Lost_device_is_opened_again_with_growing_pauses_and_then_left_for_the_CPU()
    {
        var open = Choose(ModelDevice.DirectML);
        for (var i = 0; i < 4; i++)
        {
            Fail(open, Removed);
            Assert.Equal((0, 0), (_library.OpenModels, _library.OpenGenerators));
        }

        using var decoder = open(new CachePlan(1, 64));

        decoder.Prefill(0, [5], 0, Cancellation);
        Assert.Equal(FakeLibrary.LogitsAfter([5]), decoder.Logits(0).ToArray());
        Assert.Equal([1.0, 2.0, 4.0], _waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(["open", "open", "open", "open", "open on CPU"], _library.Log.Where(line => line.StartsWith("open", StringComparison.Ordinal)));
        Assert.True(decoder.Traits.ContinuesPrefill);
        Assert.Contains(_log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("directml was lost 4 times; the model goes on on the CPU", StringComparison.Ordinal));
        Assert.Equal(0, _exits);
    }

    [Fact]
    public void Process_ends_instead_where_the_settings_say_so()
    {
        var open = Choose(ModelDevice.DirectML, DeviceLostAction.Exit);
        for (var i = 0; i < 4; i++)
        {
            Fail(open, Removed);
        }

        Assert.Throws<ModelDeviceException>(() => open(new CachePlan(1, 64)));
        Assert.Equal(1, _exits);
        Assert.DoesNotContain("open on CPU", _library.Log);
    }

    [Fact]
    public void Device_that_is_not_found_while_it_resets_uses_up_tries_too()
    {
        var open = Choose(ModelDevice.DirectML);
        Fail(open, Removed);
        _library.BeforeOpen = settings =>
        {
            if (!settings.OnCpu)
            {
                throw new GenAiException("No such adapter");
            }
        };

        using var decoder = open(new CachePlan(1, 64));

        Assert.Equal([1.0, 2.0, 4.0], _waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(["open", "open on CPU"], _library.Log.Where(line => line.StartsWith("open", StringComparison.Ordinal)));
    }

    [Fact]
    public void Loss_of_long_ago_is_forgiven()
    {
        var open = Choose(ModelDevice.DirectML);
        for (var i = 0; i < 8; i++)
        {
            Fail(open, Removed);
            _time.Advance(TimeSpan.FromMinutes(11));
        }

        open(new CachePlan(1, 64)).Dispose();

        Assert.All(_waits, wait => Assert.Equal(1, wait.TotalSeconds));
        Assert.DoesNotContain("open on CPU", _library.Log);
    }

    [Fact]
    public void Other_failure_is_no_loss()
    {
        var open = Choose(ModelDevice.DirectML);
        Fail(open, Removed);
        for (var i = 0; i < 6; i++)
        {
            Fail(open, "Non-zero status code returned while running MatMul node: out of memory");
        }

        open(new CachePlan(1, 64)).Dispose();

        Assert.Single(_waits);
        Assert.DoesNotContain("open on CPU", _library.Log);
    }

    [Theory]
    [InlineData("DmlCommandRecorder.cpp(371): Exception(1) tid(34) 887A0005 The GPU device instance has been suspended", true)]
    [InlineData("HRESULT 0x887a0006", true)]
    [InlineData("(0x887A0007)", true)]
    [InlineData("DXGI_ERROR_DEVICE_HUNG", true)]
    [InlineData("CUDA failure 700: an illegal memory access was encountered ; GPU=0", true)]
    [InlineData("CUDA error cudaErrorIllegalAddress:an illegal memory access was encountered", true)]
    [InlineData("CUDA_ERROR_LAUNCH_FAILED", true)]
    [InlineData("CUDA failure 2: out of memory ; GPU=0", false)]
    [InlineData("CUDA failure 7000", false)]
    [InlineData("8007000E Not enough memory resources", false)]
    [InlineData("input_ids size (70) + current sequence length (0) exceeds max length (64)", false)]
    public void Message_tells_a_loss_from_other_failures(string message, bool lost) => Assert.Equal(lost, DeviceLoss.Is(new GenAiException(message)));

    [Fact]
    public async Task Engine_loses_the_turn_and_answers_the_next_one()
    {
        var nano = ModelFolder.Load(Path.Combine(Repository.Root, "models", "zephyr-nano")) with { Target = ModelTarget.DirectML };
        var library = new FakeLibrary("DirectML", nano.VocabularySize, nano.ContextLength);
        using var engine = DecodeEngine.Load(nano, new EngineOptions { ContextLength = 64 }, openDecoder: Selection(library).Choose(nano, ModelDevice.DirectML)!);
        var request = new GenerationRequest { Prompt = [5, 6], MaxTokens = 3 };
        library.BeforeRun = () =>
        {
            library.BeforeRun = () => { };
            throw new GenAiException(Removed);
        };

        var fails = engine.GenerateAsync(request, Cancellation).ToListAsync(Cancellation).AsTask();
        await Assert.ThrowsAsync<EngineFailedException>(() => fails);

        Assert.NotEmpty(await engine.GenerateAsync(request, Cancellation).ToListAsync(Cancellation));
        Assert.Equal(1, library.OpenModels);
    }

    private void Fail(Func<CachePlan, IDecoder> open, string message)
    {
        using var decoder = open(new CachePlan(1, 64));
        _library.BeforeRun = () => throw new GenAiException(message);
        Assert.Throws<ModelDeviceException>(() => decoder.Prefill(0, [5], 0, Cancellation));
        _library.BeforeRun = () => { };
    }

    private Func<CachePlan, IDecoder> Choose(ModelDevice device, DeviceLostAction onLost = DeviceLostAction.Cpu) =>
        Selection(_library).Choose(Some.Folder(ModelTarget.DirectML), device, onLost)!;

    private DecoderSelection Selection(FakeLibrary library) => new(_log, _time, () => _exits++)
    {
        IsWindows = true,
        HasLibrary = () => true,
        OpenModel = library.Open,
        Wait = _waits.Add,
    };
}
