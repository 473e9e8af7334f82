using System.Text.Json;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling;
using GuardedZephyr.Modeling.Checking;
using GuardedZephyr.Modeling.StableLm;
using GuardedZephyr.Tests.Audit;
using GuardedZephyr.Tests.Cli;
using GuardedZephyr.Tests.Inference.Tokenization;
using GuardedZephyr.Tests.Modeling.StableLm;

namespace GuardedZephyr.Tests.Modeling.Checking;

public sealed class ModelCheckTests : IDisposable
{
    private const string Text = "Hello, hello: a text that is longer than the context of this tiny model, so that it is read in windows. hello hello hello.";
    private static readonly string Nano = Path.Combine(Repository.Root, "models", "zephyr-nano");
    private readonly ScratchFolder _scratch = new();
    private readonly TinyCheckpoint _checkpoint;

    public ModelCheckTests() => _checkpoint = TinyCheckpoint.Create(_scratch.PathOf("checkpoint"), 64);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Model => _scratch.PathOf("model");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Model_in_fp32_is_its_own_truth()
    {
        var parity = ModelCheck.Compare(Export(ExportPrecision.Fp32), _checkpoint.Folder, Text, cancellationToken: Cancellation);

        Assert.Equal(1, parity.TopOneAgreement);
        Assert.InRange(parity.MaxDivergence, 0, 1e-6);
        Assert.Equal(parity.TruthPerplexity, parity.Perplexity, 1e-6);
    }

    [Fact]
    public void Figures_are_those_of_the_formulae()
    {
        var folder = Export(ExportPrecision.Fp32);
        var other = TinyCheckpoint.Create(_scratch.PathOf("other"), new TinyVariant(), seed: 2);
        var ids = folder.LoadTokenizer().Encode(Text);

        var parity = ModelCheck.Compare(folder, other.Folder, Text, cancellationToken: Cancellation);

        var (truth, model) = (Rows(other.Reference(), ids), Rows(_checkpoint.Reference(), ids));
        var divergences = truth.Zip(model, (p, q) => p.Zip(q, (a, b) => Math.Exp(a) * (a - b)).Sum()).ToList();
        Assert.Equal(ids.Count, parity.Tokens);
        Assert.Equal(Math.Exp(-truth.Select((row, place) => row[ids[place]]).Average()), parity.TruthPerplexity, 0.1);
        Assert.Equal(Math.Exp(-model.Select((row, place) => row[ids[place]]).Average()), parity.Perplexity, 0.1);
        Assert.Equal(divergences.Average(), parity.MeanDivergence, 1e-3);
        Assert.Equal(divergences.Max(), parity.MaxDivergence, 1e-3);
        Assert.Equal(truth.Zip(model, (p, q) => p.IndexOf(p.Max()) == q.IndexOf(q.Max()) ? 1.0 : 0).Average(), parity.TopOneAgreement, 0.02);
        Assert.InRange(parity.MeanDivergence, 0.1, 10);
        Assert.Equal(parity.Perplexity, ModelCheck.Score(folder, Text, cancellationToken: Cancellation).Perplexity, 1e-9);
    }

    [Fact]
    public void Checkpoint_with_another_tokenizer_is_refused()
    {
        var folder = Export(ExportPrecision.Fp32);
        TinyTokenizer.Write(_checkpoint.Folder, root => root["model"]!["merges"]!.AsArray().RemoveAt(0));

        var error = Assert.Throws<CheckpointException>(() => ModelCheck.Compare(folder, _checkpoint.Folder, Text, cancellationToken: Cancellation));

        Assert.Contains("not what model was made from", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_text_is_a_page()
    {
        var tokens = ModelFolder.Load(Nano).LoadTokenizer().Encode(ModelCheck.DefaultText).Count;

        Assert.InRange(ModelCheck.DefaultText.Split(' ', '\n').Length, 500, 1000);
        Assert.InRange(tokens, 800, 3000);
    }

    [Fact]
    public async Task Command_tells_a_page_or_one_json_object()
    {
        Export(ExportPrecision.Fp16);

        var (exit, page, error) = await CheckAsync("--against", _checkpoint.Folder);
        var (jsonExit, json, _) = await CheckAsync("--against", _checkpoint.Folder, "--json", "--min-agreement", "0.5");

        Assert.Equal((0, "", 0), (exit, error, jsonExit));
        Assert.Contains("every hash is the one in checksums.json", page, StringComparison.Ordinal);
        Assert.Contains("same most likely token", page, StringComparison.Ordinal);
        Assert.EndsWith("No problem found.\n", page, StringComparison.Ordinal);
        var report = JsonElement.Parse(json);
        Assert.Equal("model", report.GetProperty("model").GetString());
        Assert.InRange(report.GetProperty("parity").GetProperty("top_one_agreement").GetDouble(), 0.9, 1);
        Assert.True(report.GetProperty("perplexity").GetDouble() > 1);
    }

    [Fact]
    public async Task Command_ends_with_1_when_a_bound_is_missed()
    {
        var other = TinyCheckpoint.Create(_scratch.PathOf("other"), new TinyVariant(), seed: 2);
        Export(ExportPrecision.Fp16);

        var (exit, page, _) = await CheckAsync("--against", other.Folder, "--min-agreement", "0.9", "--max-divergence", "0.01");

        Assert.Equal(1, exit);
        Assert.Contains("Problem: the most likely token agrees", page, StringComparison.Ordinal);
        Assert.Contains("Problem: the mean divergence", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_ends_with_1_when_the_model_computes_nonsense()
    {
        using (var weights = File.OpenWrite(Path.Combine(_checkpoint.Folder, "model.safetensors")))
        {
            weights.Seek(-sizeof(float), SeekOrigin.End);
            weights.Write(BitConverter.GetBytes(float.NaN));
        }

        Export(ExportPrecision.Fp32);

        var (exit, output, error) = await CheckAsync();

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("its logits are not finite", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model", "check", "no-such-folder")]
    [InlineData("model", "check", "no-such-folder", "--min-agreement", "0.9")]
    [InlineData("model", "check")]
    [InlineData("model", "pull")]
    [InlineData("model", "pull", "no-owner")]
    public async Task Command_ends_with_2_on_what_it_cannot_use(params string[] arguments)
    {
        var (exit, output, error) = await Zephyr.RunAsync(arguments);

        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith("zephyr: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_ends_with_2_on_a_checkpoint_that_is_none()
    {
        Export(ExportPrecision.Fp32);

        var (exit, _, error) = await CheckAsync("--against", _scratch.PathOf("absent"));

        Assert.Equal(2, exit);
        Assert.StartsWith("zephyr: ", error, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Error)> CheckAsync(params string[] options)
    {
        await File.WriteAllTextAsync(_scratch.PathOf("text.txt"), Text, Cancellation);
        return await Zephyr.RunAsync(["model", "check", Model, "--text", _scratch.PathOf("text.txt"), .. options]);
    }

    /// <summary>Log-probabilities before each token, in windows of 64 that begin with the end mark, from the formulae in float64.</summary>
    private static List<List<double>> Rows(StableLmReference reference, IReadOnlyList<int> ids) =>
        [.. ids.Chunk(63).SelectMany(window => reference.Logits([0, .. window[..^1]])).Select(row =>
        {
            var norm = Math.Log(row.Sum(Math.Exp));
            return row.Select(logit => logit - norm).ToList();
        })];

    private ModelFolder Export(ExportPrecision precision)
    {
        StableLmExporter.Export(_checkpoint.Folder, Model, precision, cancellationToken: Cancellation);
        return ModelFolder.Load(Model);
    }
}
