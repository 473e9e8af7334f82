using GuardedZephyr.Inference.Models;
using GuardedZephyr.Inference.Tokenization;
using GuardedZephyr.Modeling.RandomWeights;
using GuardedZephyr.Modeling.Safetensors;
using GuardedZephyr.Modeling.StableLm;
using GuardedZephyr.Tests.Cli;
using GuardedZephyr.Tests.Modeling.StableLm;

namespace GuardedZephyr.Tests.Modeling.RandomWeights;

public sealed class RandomCheckpointTests : IDisposable
{
    private static readonly RandomShape Plain = RandomShape.All[0] with { Vocabulary = 3000, Hidden = 160, Intermediate = 192, Layers = 2, Heads = 2, KeyValueHeads = 2, Context = 64 };
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("random-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string From => Path.Combine(_root.FullName, "checkpoint");

    private string To => Path.Combine(_root.FullName, "model");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("BF16", 0)]
    [InlineData("F16", 0)]
    [InlineData("F32", 0)]
    [InlineData("BF16", 1)]
    [InlineData("F32", 2)]
    public void Checkpoint_is_read_by_the_exporter_and_by_the_reference_alike(string type, int shape)
    {
        RandomCheckpoint.Write(From, Tiny(shape), type, cancellationToken: Cancellation);
        StableLmExporter.Export(From, To, ExportPrecision.Fp32, cancellationToken: Cancellation);
        var weights = ReferenceWeights.Read(From);
        _ = weights.TryAdd("lm_head.weight", weights["model.embed_tokens.weight"]);
        var reference = new StableLmReference(ReferenceShape.Read(Path.Combine(From, "config.json")), name => weights[name]);

        using var runner = new GraphRunner(To);
        int[] ids = [5, 1000, 2999, 7];
        var (expected, actual) = (reference.Logits(ids)[^1], runner.Run(0, [ids], 0)[0]);

        Assert.True(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max() < 1e-4);
        Assert.InRange(expected.Average(logit => logit * logit), 1, 4);
    }

    [Fact]
    public void Greedy_decoding_stays_within_bounds()
    {
        RandomCheckpoint.Write(From, Plain, cancellationToken: Cancellation);
        StableLmExporter.Export(From, To, ExportPrecision.Int4, cancellationToken: Cancellation);
        using var runner = new GraphRunner(To);
        var id = 5;

        for (var position = 0; position < 60; position++)
        {
            var logits = runner.Run(0, [[id]], position)[0];
            Assert.InRange(logits.Average(logit => logit * logit), 0.5, 6);
            id = Array.IndexOf(logits, logits.Max());
        }
    }

    [Fact]
    public void Same_seed_gives_the_same_file_and_another_seed_another()
    {
        RandomCheckpoint.Write(From, Plain, seed: 3, cancellationToken: Cancellation);
        RandomCheckpoint.Write(To, Plain, seed: 3, cancellationToken: Cancellation);
        RandomCheckpoint.Write(To + "-4", Plain, seed: 4, cancellationToken: Cancellation);

        Assert.Equal(Weights(From), Weights(To));
        Assert.NotEqual(Weights(From), Weights(To + "-4"));
    }

    [Fact]
    public void Ids_beyond_the_tokenizer_have_no_text()
    {
        RandomCheckpoint.Write(From, Plain, cancellationToken: Cancellation);

        var tokenizer = BytePairTokenizer.Load(Path.Combine(From, "tokenizer.json"));

        Assert.True(tokenizer.VocabularySize < Plain.Vocabulary);
        Assert.Equal("Hi", tokenizer.Decode([Plain.Vocabulary - 1, .. tokenizer.Encode("Hi"), 50303]));
    }

    [Theory]
    [InlineData("3b", 2.796e9)]
    [InlineData("1.6b", 1.645e9)]
    [InlineData("12b-like", 12.14e9)]
    public void Shapes_have_the_size_that_their_names_say(string name, double parameters) =>
        Assert.Equal(1, RandomShape.All.Single(shape => shape.Name == name).Tensors().Sum(tensor => tensor.Count) / parameters, 0.005);

    [Fact]
    public void Cancelled_writing_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => RandomCheckpoint.Write(From, Plain, cancellationToken: cancelled.Token));

        Assert.Empty(_root.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Commands_make_a_checkpoint_and_a_model_of_it()
    {
        Assert.Equal((0, "", ""), await Zephyr.RunAsync("model", "random", "--shape", "nano", "--layers", "1", "--dtype", "fp32", "--to", From));
        Assert.Equal((0, "", ""), await Zephyr.RunAsync("model", "export", "--from", From, "--to", To, "--precision", "int8", "--block-size", "64", "--scale-search"));

        Assert.Equal(1, ModelFolder.Load(To).Decoder.Layers);
    }

    [Theory]
    [InlineData("export", "--block-size", "48", "A block has 32, 64 or 128 weights, not 48.")]
    [InlineData("export", "--target", "directml", "--precision int8", "DirectML multiplies by int4 weights")]
    [InlineData("export", "--precision", "int5", "int5")]
    [InlineData("random", "--shape", "7b", "7b")]
    [InlineData("random", "--shape", "nano", "--layers 0", "--layers is a number from 1 to 1024")]
    public async Task Wrong_usage_is_told_in_one_line(string command, string option, string value, params string[] more)
    {
        string[] places = command == "export" ? ["--from", From, "--to", To] : ["--to", To];

        var (exitCode, output, error) = await Zephyr.RunAsync(["model", command, option, value, .. more.SkipLast(1).SelectMany(words => words.Split(' ')), .. places]);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(more[^1], error, StringComparison.Ordinal);
        Assert.Single(error, '\n');
    }

    private static RandomShape Tiny(int shape) => shape switch
    {
        1 => Plain with { QueryKeyValueBias = true },
        2 => Plain with { Parallel = true, KeyValueHeads = 1, TiedEmbeddings = true },
        _ => Plain,
    };

    private static byte[] Weights(string folder) => File.ReadAllBytes(Path.Combine(folder, Checkpoint.SingleFile));
}
