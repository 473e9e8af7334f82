using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling.Onnx;

namespace GuardedZephyr.Tests.DirectML;

/// <summary>Folders that say what they were exported for.</summary>
public sealed class ExportTargetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("target-");

    [Theory]
    [InlineData("[]", ModelTarget.Cpu)]
    [InlineData("""[{ "dml": {} }]""", ModelTarget.DirectML)]
    [InlineData("""[{ "DML": { "enable_graph_capture": "1" } }]""", ModelTarget.DirectML)]
    [InlineData("""[{ "cuda": { "enable_cuda_graph": "0" } }]""", ModelTarget.Cuda)]
    public void Target_is_the_provider_of_the_folder(string providers, ModelTarget target) => Assert.Equal(target, ModelFolder.Load(NanoFor(providers)).Target);

    [Theory]
    [InlineData("""[{ "webgpu": {} }]""", "provider other than cpu, dml and cuda")]
    [InlineData("""["dml"]""", "wrong JSON type")]
    [InlineData("\"dml\"", "wrong JSON type")]
    public void Other_providers_are_refused(string providers, string problem) =>
        Assert.Contains(problem, Assert.Throws<ModelFolderException>(() => ModelFolder.Load(NanoFor(providers))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("dml", "directml")]
    [InlineData("cuda", "cuda")]
    public void Engine_refuses_a_folder_for_another_target_and_names_the_export(string provider, string target)
    {
        var folder = ModelFolder.Load(NanoFor($$"""[{ "{{provider}}": {} }]"""));

        var error = Assert.Throws<ModelFolderException>(() => DecodeEngine.Load(folder).Dispose());

        Assert.Contains($"exported for {target}", error.Message, StringComparison.Ordinal);
        Assert.Contains("zephyr model export --from <checkpoint> --to <folder> --target cpu", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Engine_refuses_a_graph_that_computes_in_float16_whatever_the_folder_says()
    {
        var folder = ModelFolder.Load(NanoFor("[]"));
        var graph = new OnnxGraph("half");
        graph.Output(graph.Node("Identity", [graph.Input("past_key_values.0.key", OnnxType.F16, 1, 1, "past", 8)], "present.0.key"), OnnxType.F16, 1, 1, "past", 8);
        graph.Output(graph.Node("Identity", [graph.Input("states", OnnxType.F16, 1, 1, 8)], "logits"), OnnxType.F16, 1, 1, 8);
        OnnxFile.Save(graph, folder.ModelPath, cancellationToken: TestContext.Current.CancellationToken);

        var error = Assert.Throws<ModelFolderException>(() => DecodeEngine.Load(folder).Dispose());

        Assert.Contains("KV cache are float16", error.Message, StringComparison.Ordinal);
        Assert.Contains("--target cpu", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string NanoFor(string providers)
    {
        foreach (var file in new DirectoryInfo(Path.Combine(Repository.Root, "models", "zephyr-nano")).EnumerateFiles().Where(file => file.Name != "checksums.json"))
        {
            file.CopyTo(Path.Combine(_folder.FullName, file.Name));
        }

        var path = Path.Combine(_folder.FullName, "genai_config.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"provider_options\": []", $"\"provider_options\": {providers}", StringComparison.Ordinal));
        return _folder.FullName;
    }
}
