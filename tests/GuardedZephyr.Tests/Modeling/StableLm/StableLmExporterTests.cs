using System.Text.Json.Nodes;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling.Safetensors;
using GuardedZephyr.Modeling.StableLm;
using GuardedZephyr.Tests.Inference.Engine;

namespace GuardedZephyr.Tests.Modeling.StableLm;

public sealed class StableLmExporterTests : IDisposable
{
    private const double Tolerance = 1e-4;
    private static readonly int[] Ids = [.. Enumerable.Range(0, 40).Select(i => 2 + (i * 37 % 290))];
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("exporter-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string From => Path.Combine(_root.FullName, "checkpoint");

    private string To => Path.Combine(_root.FullName, "model");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData(64)]
    [InlineData(80)]
    public void Token_by_token_chunked_and_rewound_runs_agree_with_one_run(int headSize)
    {
        var expected = TinyCheckpoint.Create(From, headSize).Reference().Logits(Ids);
        StableLmExporter.Export(From, To, ExportPrecision.Fp32, cancellationToken: Cancellation);
        using var decoder = Open();

        for (var i = 0; i < Ids.Length; i++)
        {
            AssertClose(expected[i], decoder.Run(Ids.AsSpan(i, 1), i, Cancellation));
        }

        AssertClose(expected[12], decoder.Run(Ids.AsSpan(5, 8), 5, Cancellation)); // back to 5 tokens, then a chunk over stale entries
        AssertClose(expected[39], decoder.Run(Ids.AsSpan(13), 13, Cancellation));
        AssertClose(expected[0], decoder.Run(Ids.AsSpan(0, 1), 0, Cancellation));
    }

    [Fact]
    public void Export_reports_progress_up_to_the_whole()
    {
        TinyCheckpoint.Create(From, 64);
        var last = default(ExportProgress);

        StableLmExporter.Export(From, To, ExportPrecision.Fp16, new LastReport(progress => last = progress), Cancellation);

        Assert.True(last.Total > 0);
        Assert.InRange(last.Written, last.Total * 0.9, last.Total);
    }

    [Theory]
    [InlineData(ExportPrecision.Fp32)]
    [InlineData(ExportPrecision.Int4)]
    public void Sharded_checkpoint_makes_the_same_model(ExportPrecision precision)
    {
        TinyCheckpoint.Create(From, 80);
        StableLmExporter.Export(From, To, precision, cancellationToken: Cancellation);
        Split(From);
        StableLmExporter.Export(From, To + "-2", precision, cancellationToken: Cancellation);

        Assert.All(["model.onnx", "model.onnx.data"], file => Assert.Equal(File.ReadAllBytes(Path.Combine(To, file)), File.ReadAllBytes(Path.Combine(To + "-2", file))));
    }

    [Theory]
    [InlineData("Arcade100kTokenizer", "GPT2Tokenizer")]
    [InlineData("GPTNeoXTokenizerFast", "GPTNeoXTokenizerFast")]
    [InlineData(null, "GPT2Tokenizer")]
    public void Tokenizer_class_is_one_that_onnxruntime_genai_knows(string? name, string expected)
    {
        TinyCheckpoint.Create(From, 64).Edit("tokenizer_config.json", _ => new JsonObject { ["tokenizer_class"] = name, ["chat_template"] = "{{ é }}" }.ToJsonString());
        StableLmExporter.Export(From, To, ExportPrecision.Fp32, cancellationToken: Cancellation);

        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(To, "tokenizer_config.json")))!;
        Assert.Equal((expected, "{{ é }}"), ((string?)config["tokenizer_class"], (string?)config["chat_template"]));
    }

    [Theory]
    [InlineData(ExportTarget.Cpu, "[]", false)]
    [InlineData(ExportTarget.DirectMl, "[{\"dml\":{}}]", true)]
    [InlineData(ExportTarget.Cuda, "[{\"cuda\":{\"enable_cuda_graph\":\"0\"}}]", false)]
    public void Configuration_names_the_target_and_the_inputs_of_the_graph(ExportTarget target, string providers, bool positions)
    {
        TinyCheckpoint.Create(From, 64);
        StableLmExporter.Export(From, To, new ExportOptions { Target = target }, cancellationToken: Cancellation);

        var decoder = JsonNode.Parse(File.ReadAllText(Path.Combine(To, "genai_config.json")))!["model"]!["decoder"]!;
        using var runner = new GraphRunner(To);
        Assert.Equal(providers, decoder["session_options"]!["provider_options"]!.ToJsonString());
        Assert.Equal((positions, positions), (decoder["inputs"]!["position_ids"] is not null, runner.Inputs.Contains("position_ids")));
    }

    [Fact]
    public void Export_over_an_existing_folder_is_refused()
    {
        TinyCheckpoint.Create(From, 64);
        Directory.CreateDirectory(To);
        File.WriteAllText(Path.Combine(To, "precious.txt"), "");

        Assert.Throws<IOException>(() => StableLmExporter.Export(From, To, ExportPrecision.Fp32, cancellationToken: Cancellation));
    }

    [Fact]
    public void Cancelled_export_leaves_nothing_under_the_final_name()
    {
        TinyCheckpoint.Create(From, 64);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => StableLmExporter.Export(From, To, ExportPrecision.Fp32, cancellationToken: cancelled.Token));

        Assert.Equal([From], _root.EnumerateDirectories().Select(folder => folder.FullName));
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        var error = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            error = Math.Max(error, Math.Abs(expected[i] - actual[i]));
        }

        Assert.True(error < Tolerance, $"largest difference of a logit: {error}");
    }

    private OnnxDecoder Open()
    {
        var folder = ModelFolder.Load(To);
        return new OnnxDecoder(folder, new EngineOptions { Threads = 1 }, new CachePlan(1, folder.ContextLength));
    }

    /// <summary>Two files and an index in place of the one.</summary>
    private static void Split(string folder)
    {
        var single = Path.Combine(folder, "model.safetensors");
        using (var reader = SafetensorsReader.Open(single))
        {
            var map = new JsonObject();
            foreach (var (number, shard) in reader.Entries.Chunk(reader.Entries.Count / 2 + 1).Index())
            {
                var file = $"model-0000{number + 1}-of-00002.safetensors";
                SafetensorsWriter.Write(Path.Combine(folder, file), [.. shard.Select(entry => (entry.Key, entry.Value.Shape.ToArray(), reader.Read(entry.Key, [.. entry.Value.Shape])))]);
                Array.ForEach(shard, entry => map[entry.Key] = file);
            }

            File.WriteAllText(single + ".index.json", new JsonObject { ["weight_map"] = map }.ToJsonString());
        }

        File.Delete(single);
    }

    private sealed class LastReport(Action<ExportProgress> report) : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value) => report(value);
    }
}
