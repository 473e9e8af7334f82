using System.Text.Json.Nodes;
using GuardedZephyr.Modeling;
using GuardedZephyr.Modeling.Safetensors;
using GuardedZephyr.Modeling.StableLm;

namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>What cannot be exported is refused in one line that names the file and the fault, and leaves nothing behind.</summary>
public sealed class ExportRefusalTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("refusal-");

    private string From => Path.Combine(_root.FullName, "checkpoint");

    private string To => Path.Combine(_root.FullName, "model");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("\"StableLmForCausalLM\"", "\"LlamaForCausalLM\"", "its architecture is LlamaForCausalLM; StableLmForCausalLM and StableLMEpochForCausalLM are exported")]
    [InlineData("\"num_hidden_layers\":2", "\"num_hidden_layers\":3", "tensor 'model.layers.2.")]
    [InlineData("\"num_hidden_layers\":2", "\"num_hidden_layers\":-1", "num_hidden_layers must be a positive whole number")]
    [InlineData("\"intermediate_size\":96", "\"intermediate_size\":95", "gate_proj.weight' has shape [96, 128] where config.json asks for [95, 128]")]
    [InlineData("\"num_attention_heads\":2", "\"num_attention_heads\":3", "its head counts and sizes do not fit together")]
    [InlineData("\"use_qkv_bias\":false", "\"use_qkv_bias\":true", "q_proj.bias' is missing")]
    [InlineData("\"qk_layernorm\":false", "\"qk_layernorm\":true", "q_layernorm.norms.0.weight' is missing")]
    [InlineData("\"rope_theta\":10000", "\"rope_theta\":10000,\"rope_scaling\":{\"type\":\"linear\",\"factor\":2}", "rope_scaling asks for 'linear' positions")]
    [InlineData("\"rope_theta\":10000", "\"rope_theta\":10000,\"rope_parameters\":{\"rope_type\":\"yarn\"}", "rope_parameters asks for 'yarn' positions")]
    [InlineData("\"rope_theta\":10000", "\"rope_theta\":10000,\"hidden_act\":\"gelu\"", "hidden_act is 'gelu'")]
    [InlineData("\"eos_token_id\":0", "\"eos_token_id\":300", "eos_token_id is not an id of the vocabulary")]
    [InlineData("{", "[", "not a usable config.json")]
    public void Configuration_that_does_not_fit_is_refused(string text, string changed, string problem)
    {
        TinyCheckpoint.Create(From, 64).Edit("config.json", json => json.Replace(text, changed, StringComparison.Ordinal));

        AssertRefused(problem);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    public void Missing_file_is_named(string file)
    {
        TinyCheckpoint.Create(From, 64);
        File.Delete(Path.Combine(From, file));

        AssertRefused($"{file}': missing");
    }

    [Theory]
    [InlineData("tokenizer_config.json", "[]")]
    [InlineData("generation_config.json", "{")]
    public void File_that_is_not_what_its_name_says_is_refused(string file, string content)
    {
        TinyCheckpoint.Create(From, 64);
        File.WriteAllText(Path.Combine(From, file), content);

        AssertRefused(file);
    }

    [Fact]
    public void Truncated_weights_are_refused()
    {
        TinyCheckpoint.Create(From, 64);
        using (var stream = File.OpenWrite(Path.Combine(From, "model.safetensors")))
        {
            stream.SetLength(stream.Length - 1);
        }

        AssertRefused("lies beyond the end of the file; download it again");
    }

    [Theory]
    [InlineData("../model.safetensors", "which is not the plain name of a file in the folder")]
    [InlineData("/etc/passwd", "which is not the plain name of a file in the folder")]
    [InlineData("sub\\model.safetensors", "which is not the plain name of a file in the folder")]
    [InlineData("..", "which is not the plain name of a file in the folder")]
    [InlineData("absent.safetensors", "absent.safetensors': missing")]
    public void Index_that_leads_elsewhere_is_refused(string file, string problem)
    {
        TinyCheckpoint.Create(From, 64);
        WriteIndex(("model.norm.weight", "model.safetensors"), ("lm_head.weight", file));

        AssertRefused(problem);
    }

    [Fact]
    public void Index_that_promises_a_tensor_which_its_file_lacks_is_refused()
    {
        TinyCheckpoint.Create(From, 64);
        WriteIndex(("model.none.weight", "model.safetensors"));

        AssertRefused("tensor 'model.none.weight' is missing, but model.safetensors.index.json says it is there");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"weight_map\":[]}")]
    [InlineData("{\"weight_map\":{\"a\":1}}")]
    public void Index_that_is_none_is_refused(string json)
    {
        TinyCheckpoint.Create(From, 64);
        File.WriteAllText(Path.Combine(From, "model.safetensors.index.json"), json);

        AssertRefused("not an index of safetensors files");
    }

    [Theory]
    [InlineData(float.NaN, ExportPrecision.Int4, "down_proj.weight' has values that are not finite numbers")]
    [InlineData(float.PositiveInfinity, ExportPrecision.Int8, "down_proj.weight' has values that are not finite numbers")]
    [InlineData(70000f, ExportPrecision.Fp16, "down_proj.weight' has a value beyond float16's range")]
    [InlineData(float.NaN, ExportPrecision.Fp16, "down_proj.weight' has a value beyond float16's range")]
    public void Weight_that_cannot_be_stored_is_refused(float value, ExportPrecision precision, string problem)
    {
        TinyCheckpoint.Create(From, 64);
        SafetensorsWriter.Write(Path.Combine(From, "model.safetensors"), [.. ReadTensors().Select(tensor =>
        {
            if (tensor.Name == "model.layers.1.mlp.down_proj.weight")
            {
                tensor.Values[100] = value;
            }

            return tensor;
        })]);

        AssertRefused(problem, precision);
    }

    [Theory]
    [InlineData(ExportPrecision.Fp32, ExportTarget.Cuda, 32, "there is no fp32 model")]
    [InlineData(ExportPrecision.Int8, ExportTarget.DirectMl, 32, "DirectML multiplies by int4 weights but not by int8")]
    [InlineData(ExportPrecision.Int4, ExportTarget.Cpu, 48, "32, 64 or 128 weights, not 48")]
    public void Options_that_make_no_model_are_refused(ExportPrecision precision, ExportTarget target, int blockSize, string problem)
    {
        var options = new ExportOptions { Precision = precision, Target = target, BlockSize = blockSize };

        Assert.Contains(problem, Assert.Throws<ArgumentException>(() => StableLmExporter.Export(From, To, options, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    private IEnumerable<(string Name, long[] Shape, float[] Values)> ReadTensors()
    {
        using var reader = SafetensorsReader.Open(Path.Combine(From, "model.safetensors"));
        return [.. reader.Entries.Select(entry => (entry.Key, entry.Value.Shape.ToArray(), reader.Read(entry.Key, [.. entry.Value.Shape])))];
    }

    private void WriteIndex(params (string Tensor, string File)[] places) => File.WriteAllText(
        Path.Combine(From, "model.safetensors.index.json"),
        new JsonObject { ["weight_map"] = new JsonObject(places.Select(place => KeyValuePair.Create(place.Tensor, (JsonNode?)place.File))) }.ToJsonString());

    private void AssertRefused(string problem, ExportPrecision precision = ExportPrecision.Fp32)
    {
        var error = Assert.Throws<CheckpointException>(() => StableLmExporter.Export(From, To, precision, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(["checkpoint"], _root.EnumerateFileSystemInfos().Select(left => left.Name));
    }
}
