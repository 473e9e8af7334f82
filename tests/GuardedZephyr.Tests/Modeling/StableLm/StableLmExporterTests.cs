using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling;
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

    [Fact]
    public void Other_architecture_is_refused()
    {
        TinyCheckpoint.Create(From, 64).Edit("config.json", json => json.Replace("StableLmForCausalLM", "LlamaForCausalLM", StringComparison.Ordinal));

        Assert.Contains("its architecture is LlamaForCausalLM; StableLmForCausalLM and StableLMEpochForCausalLM are exported", Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_tensor_is_named()
    {
        TinyCheckpoint.Create(From, 64).Edit("config.json", json => json.Replace("\"num_hidden_layers\":2", "\"num_hidden_layers\":3", StringComparison.Ordinal));

        Assert.Contains("tensor 'model.layers.2.", Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensor_of_another_shape_is_named_with_both_shapes()
    {
        TinyCheckpoint.Create(From, 64).Edit("config.json", json => json.Replace("\"intermediate_size\":96", "\"intermediate_size\":95", StringComparison.Ordinal));

        Assert.Contains("gate_proj.weight' has shape [96, 128] where config.json asks for [95, 128]", Refusal().Message, StringComparison.Ordinal);
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

    private CheckpointException Refusal()
    {
        var error = Assert.Throws<CheckpointException>(() => StableLmExporter.Export(From, To, ExportPrecision.Fp32, cancellationToken: Cancellation));
        Assert.False(Directory.Exists(To));
        return error;
    }

    private sealed class LastReport(Action<ExportProgress> report) : IProgress<ExportProgress>
    {
        public void Report(ExportProgress value) => report(value);
    }
}
