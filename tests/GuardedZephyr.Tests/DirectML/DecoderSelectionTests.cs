using GuardedZephyr.DirectML;
using GuardedZephyr.DirectML.Native;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Tests.DirectML;

public sealed class DecoderSelectionTests
{
    private readonly FakeLibrary _library = new("DirectML");
    private readonly ListLogger<DecoderSelection> _log = new();

    [Theory]
    [InlineData(ModelTarget.Cpu, true, true, "cpu: the folder is exported for it")]
    [InlineData(ModelTarget.Cpu, false, false, "cpu: the folder is exported for it")]
    [InlineData(ModelTarget.DirectML, true, false, "cpu: the folder is exported for directml, but this build has no onnxruntime-genai")]
    [InlineData(ModelTarget.Cuda, false, false, "cpu: the folder is exported for cuda, but this build has no onnxruntime-genai")]
    public void Auto_leaves_to_the_engine_what_the_library_cannot_do(ModelTarget target, bool windows, bool hasLibrary, string line)
    {
        Assert.Null(Selection(windows, hasLibrary).Choose(Some.Folder(target), ModelDevice.Auto));

        Assert.Equal([$"The model runs on {line}"], _log.Lines.Select(each => each.Text));
    }

    [Theory]
    [InlineData(ModelTarget.DirectML, true, "directml: the folder is exported for it", "open")]
    [InlineData(ModelTarget.Cuda, true, "cuda: the folder is exported for it", "open")]
    [InlineData(ModelTarget.Cuda, false, "cuda: the folder is exported for it", "open")]
    [InlineData(ModelTarget.DirectML, false, "cpu: the folder is exported for directml, but this is not Windows; onnxruntime-genai runs it on the CPU", "open on CPU")]
    public void Auto_follows_the_folder_and_says_so_once(ModelTarget target, bool windows, string line, string opened)
    {
        var open = Selection(windows, hasLibrary: true).Choose(Some.Folder(target), ModelDevice.Auto)!;
        Assert.Empty(_log.Lines);

        open(new CachePlan(1, 64)).Dispose();
        open(new CachePlan(1, 64)).Dispose();

        Assert.Equal([$"The model runs on {line}"], _log.Lines.Select(each => each.Text));
        Assert.Equal(opened, _library.Log[0]);
    }

    [Fact]
    public void Auto_runs_on_the_CPU_when_there_is_no_adapter_and_says_why()
    {
        _library.BeforeOpen = NoAdapter;

        using var decoder = Selection().Choose(Some.Folder(ModelTarget.DirectML), ModelDevice.Auto)!(new CachePlan(1, 64));

        Assert.Equal(["The model runs on cpu: directml cannot be used (887A0002 no adapter); onnxruntime-genai runs the model on the CPU"], _log.Lines.Select(each => each.Text));
        Assert.True(decoder.Traits.ContinuesPrefill);
    }

    [Fact]
    public void Device_that_is_asked_for_is_not_replaced()
    {
        _library.BeforeOpen = NoAdapter;
        var open = Selection().Choose(Some.Folder(ModelTarget.DirectML), ModelDevice.DirectML)!;

        var error = Assert.Throws<ModelDeviceException>(() => open(new CachePlan(1, 64)));

        Assert.Contains("cannot run 'some' on directml (887A0002 no adapter)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(ModelDevice.DirectML, ModelTarget.DirectML, false, true, "needs Windows")]
    [InlineData(ModelDevice.DirectML, ModelTarget.DirectML, true, false, "dotnet build -p:GenAI=true'")]
    [InlineData(ModelDevice.Cuda, ModelTarget.Cuda, false, false, "dotnet build -p:GenAI=true -p:GenAIPackage=Microsoft.ML.OnnxRuntimeGenAI.Cuda'")]
    [InlineData(ModelDevice.DirectML, ModelTarget.Cpu, true, true, "--target directml'")]
    [InlineData(ModelDevice.Cuda, ModelTarget.DirectML, true, true, "--target cuda'")]
    public void Device_that_cannot_be_had_is_an_error_that_says_what_to_do(ModelDevice device, ModelTarget target, bool windows, bool hasLibrary, string advice)
    {
        var error = Assert.Throws<ModelDeviceException>(() => Selection(windows, hasLibrary).Choose(Some.Folder(target), device));

        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cpu_is_always_the_engine() => Assert.Null(Selection().Choose(Some.Folder(ModelTarget.Cpu), ModelDevice.Cpu));

    private static void NoAdapter(GuardedZephyr.DirectML.Decoding.GenAiSettings settings)
    {
        if (!settings.OnCpu)
        {
            throw new GenAiException("887A0002 no adapter\nat somewhere");
        }
    }

    private DecoderSelection Selection(bool windows = true, bool hasLibrary = true) => new(_log, TimeProvider.System, () => { })
    {
        IsWindows = windows,
        HasLibrary = () => hasLibrary,
        OpenModel = _library.Open,
        Wait = _ => { },
    };
}
