using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling.StableLm;
using GuardedZephyr.Tests.Modeling.StableLm;

namespace GuardedZephyr.Tests.Inference.Models;

public sealed class ModelFolderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("model-folder-");

    public ModelFolderTests()
    {
        var checkpoint = TinyCheckpoint.Create(Path.Combine(_root.FullName, "checkpoint"), 64);
        StableLmExporter.Export(checkpoint.Folder, Folder, ExportPrecision.Fp16, cancellationToken: TestContext.Current.CancellationToken);
    }

    private string Folder => Path.Combine(_root.FullName, "tiny");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Exported_folder_is_read_back()
    {
        var folder = ModelFolder.Load(Folder + Path.DirectorySeparatorChar);

        Assert.Equal(("tiny", 64, TinyCheckpoint.Vocabulary), (folder.Name, folder.ContextLength, folder.VocabularySize));
        Assert.Equal([0], folder.EndIds);
        Assert.Equal((2, 2, 64), (folder.Decoder.Layers, folder.Decoder.KeyValueHeads, folder.Decoder.HeadSize));
        Assert.Equal(0, folder.Sampling.Temperature);
    }

    [Fact]
    public void Folder_that_is_not_there_is_named() => AssertRefused("there is no such folder", Path.Combine(_root.FullName, "absent"));

    [Theory]
    [InlineData("genai_config.json")]
    [InlineData("model.onnx")]
    [InlineData("model.onnx.data")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    public void Missing_file_is_named(string file)
    {
        File.Delete(Path.Combine(Folder, file));

        AssertRefused($"{file}': missing");
    }

    [Fact]
    public void Cut_off_weights_are_noticed_before_loading()
    {
        using (var data = File.OpenWrite(Path.Combine(Folder, "model.onnx.data")))
        {
            data.SetLength(data.Length / 2);
        }

        AssertRefused("the copy is incomplete or changed");
    }

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("model.onnx.data")]
    public void Cut_off_file_without_an_index_is_noticed_when_loading(string file)
    {
        File.Delete(Path.Combine(Folder, "checksums.json"));
        using (var data = File.OpenWrite(Path.Combine(Folder, file)))
        {
            data.SetLength(data.Length / 2);
        }

        var error = Assert.Throws<ModelFolderException>(() => ModelFolder.Load(Folder));

        Assert.Contains($"{file}': ", error.Message, StringComparison.Ordinal);
        Assert.Contains("cut off", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("\"decoder\",", "\"whisper\",", "model.type is 'whisper'")]
    [InlineData("{\n", "{{\n", "not valid JSON at line 1")]
    [InlineData("\"model.onnx\"", "\"../model.onnx\"", "must be the plain name of a file")]
    [InlineData("\"model.onnx\"", "\"..\"", "must be the plain name of a file")]
    [InlineData("\"model.onnx\"", "\"/etc/passwd\"", "must be the plain name of a file")]
    [InlineData("\"context_length\": 64", "\"context_length\": 2000000000", "'context_length' must be a whole number from 1 to")]
    [InlineData("\"context_length\": 64", "\"context_length\": -1", "'context_length' must be a whole number from 1 to")]
    [InlineData("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 0", "'num_hidden_layers' must be")]
    [InlineData("\"eos_token_id\": 0", "\"eos_token_id\": 5000", "eos_token_id is not an id of the vocabulary")]
    [InlineData("\"eos_token_id\": 0,", "", "eos_token_id is missing")]
    [InlineData("\"do_sample\": false", "\"do_sample\": \"no\"", "wrong JSON type")]
    public void Wrong_configuration_is_refused(string from, string to, string problem)
    {
        Edit(from, to);

        AssertRefused(problem);
    }

    [Theory]
    [InlineData("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", "its inputs are not those")]
    [InlineData("\"head_size\": 64", "\"head_size\": 32", "its KV cache is not")]
    [InlineData("\"vocab_size\": 300", "\"vocab_size\": 301", "its logits are not")]
    public void Graph_that_disagrees_with_its_configuration_is_refused(string from, string to, string problem)
    {
        Edit(from, to);

        var error = Assert.Throws<ModelFolderException>(() => DecodeEngine.Load(ModelFolder.Load(Folder)).Dispose());

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private void Edit(string from, string to)
    {
        File.Delete(Path.Combine(Folder, "checksums.json"));
        var path = Path.Combine(Folder, "genai_config.json");
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);
    }

    private void AssertRefused(string problem, string? folder = null)
    {
        var error = Assert.Throws<ModelFolderException>(() => ModelFolder.Load(folder ?? Folder));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
