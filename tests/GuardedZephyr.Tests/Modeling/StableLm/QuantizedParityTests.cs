using GuardedZephyr.Modeling.StableLm;
using GuardedZephyr.Tests.Modeling.Quantization;

namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>Quantised graphs compute what the float64 reference computes with the weights as they are stored.</summary>
public sealed class QuantizedParityTests : IDisposable
{
    private static readonly int[] Ids = [.. Enumerable.Range(0, 12).Select(i => 2 + (i * 37 % 290))];
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("quantized-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("3b", ExportPrecision.Int4, 32)]
    [InlineData("3b", ExportPrecision.Int4, 64)]
    [InlineData("3b", ExportPrecision.Int4, 128)]
    [InlineData("3b", ExportPrecision.Int8, 32)]
    [InlineData("3b", ExportPrecision.Int8, 128)]
    [InlineData("1.6b", ExportPrecision.Int4, 32)]
    [InlineData("12b", ExportPrecision.Int4, 128)]
    [InlineData("tied", ExportPrecision.Int8, 64)]
    [InlineData("head of 40", ExportPrecision.Int4, 32)]
    public void Graph_that_keeps_its_activations_agrees(string variant, ExportPrecision precision, int blockSize) =>
        Check(variant, new ExportOptions { Precision = precision, BlockSize = blockSize, AccuracyLevel = 0 }, 1e-3);

    /// <summary>Activations are rounded to int8 on the way, which a small random model amplifies.</summary>
    [Theory]
    [InlineData("3b", ExportPrecision.Int4, 32)]
    [InlineData("3b", ExportPrecision.Int4, 128)]
    [InlineData("3b", ExportPrecision.Int8, 32)]
    [InlineData("12b", ExportPrecision.Int4, 32)]
    public void Fast_graph_agrees_within_the_rounding_of_its_activations(string variant, ExportPrecision precision, int blockSize) =>
        Check(variant, new ExportOptions { Precision = precision, BlockSize = blockSize }, 0.2);

    [Theory]
    [InlineData("3b", ExportTarget.DirectMl)]
    [InlineData("3b", ExportTarget.Cuda)]
    [InlineData("1.6b", ExportTarget.DirectMl)]
    [InlineData("12b", ExportTarget.DirectMl)]
    [InlineData("12b", ExportTarget.Cuda)]
    public void Graph_for_a_gpu_agrees(string variant, ExportTarget target) => Check(variant, new ExportOptions { Target = target }, 0.015);

    private void Check(string variant, ExportOptions options, double tolerance)
    {
        var (from, to) = (Path.Combine(_root.FullName, "checkpoint"), Path.Combine(_root.FullName, "model"));
        var bits = options.Precision == ExportPrecision.Int4 ? 4 : 8;
        var reference = TinyCheckpoint.Create(from, TinyVariant.Of(variant)).Reference((name, values, columns) => name == "model.embed_tokens.weight"
            ? Array.ConvertAll(values, value => (float)(Half)value)
            : PlainQuantizer.Stored(values, columns, bits, options.BlockSize, halfScales: true));
        StableLmExporter.Export(from, to, options, cancellationToken: Cancellation);
        var expected = reference.Logits(Ids);

        using var runner = new GraphRunner(to);
        AssertClose(11, runner.Run(0, [Ids], 0)[0]);
        Assert.All(Ids.Index(), id => AssertClose(id.Index, runner.Run(0, [[id.Item]], id.Index)[0]));

        void AssertClose(int token, float[] actual)
        {
            var error = expected[token].Zip(actual, (a, b) => Math.Abs(a - b)).Max();
            Assert.True(error < tolerance, $"token {token} is off by {error}");
        }
    }
}
