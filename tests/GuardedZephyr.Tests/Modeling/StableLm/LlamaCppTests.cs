using System.Globalization;
using System.Numerics.Tensors;
using GuardedZephyr.Inference.Evaluation;
using GuardedZephyr.Inference.Models;
using GuardedZephyr.Modeling.StableLm;
using GuardedZephyr.Tests.Audit;

namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>llama.cpp, which knows the architecture from elsewhere, continues a prompt with the same tokens.</summary>
public sealed class LlamaCppTests : IDisposable
{
    private const int Count = 64;
    private static readonly int[] Prompt = [.. Enumerable.Range(0, 12).Select(i => 2 + (i * 37 % 290))];
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("3b")]
    [InlineData("1.6b")]
    [InlineData("12b")]
    [InlineData("tied")]
    [InlineData("head of 32")]
    [InlineData("head of 40")]
    public async Task Greedy_continuation_is_the_same(string variant)
    {
        Node.SkipUnlessInstalled("npm-llama", "node-llama-cpp");
        var checkpoint = TinyCheckpoint.Create(_scratch.PathOf("checkpoint"), TinyVariant.Of(variant));
        checkpoint.Edit("config.json", json => json.Replace("\"max_position_embeddings\":64", "\"max_position_embeddings\":128", StringComparison.Ordinal));
        GgufFile.Write(_scratch.PathOf("model.gguf"), checkpoint.Folder);

        var lines = await Node.RunAsync("npm-llama", "greedy.mjs", _scratch.PathOf("model.gguf"), string.Join(',', Prompt), Count.ToString(CultureInfo.InvariantCulture));

        var ids = Continue(checkpoint.Folder);
        Assert.True(ids.Distinct().Count() > 4, "The model says the same over and over, which proves little.");
        Assert.Equal(ids, lines.Select(line => int.Parse(line, CultureInfo.InvariantCulture)));
    }

    private List<int> Continue(string checkpoint)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        StableLmExporter.Export(checkpoint, _scratch.PathOf("model"), ExportPrecision.Fp32, cancellationToken: cancellationToken);
        using var model = LogitReader.Open(ModelFolder.Load(_scratch.PathOf("model")), 128);
        var ids = new List<int>();
        var next = -1;
        foreach (var id in Prompt)
        {
            next = TensorPrimitives.IndexOfMax(model.Next(id, cancellationToken));
        }

        while (ids.Count < Count)
        {
            ids.Add(next);
            next = TensorPrimitives.IndexOfMax(model.Next(next, cancellationToken));
        }

        return ids;
    }
}
