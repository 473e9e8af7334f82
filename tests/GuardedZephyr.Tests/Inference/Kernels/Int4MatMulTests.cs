using CsCheck;
using GuardedZephyr.Inference.Kernels;
using Microsoft.ML.OnnxRuntime;

namespace GuardedZephyr.Tests.Inference.Kernels;

public sealed class Int4MatMulTests
{
    [Theory]
    [InlineData(128, 16, 32, 1, false)]
    [InlineData(256, 48, 32, 3, true)]
    [InlineData(640, 272, 64, 7, false)]
    [InlineData(384, 400, 128, 1, true)]
    [InlineData(1408, 32, 128, 21, false)]
    public void Product_is_that_of_the_formula(int length, int columns, int block, int rows, bool halfScales)
    {
        RequireInstructions();
        using var model = new Int4Model(length, columns, block, halfScales: halfScales);
        using var session = model.OpenWithKernel();
        var values = Normal(rows * length, seed: 7);

        var product = Int4Model.Run(session, values, rows);

        var expected = Reference(model, values, rows);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], product[i], 2e-5);
        }
    }

    [Fact]
    public void Product_is_as_close_to_the_exact_one_as_that_of_ONNX_Runtimes_own_operator()
    {
        RequireInstructions();
        using var model = new Int4Model(1280, 256, 32);
        using var exact = new Int4Model(1280, 256, 32, accuracyLevel: 1);
        using var ours = model.OpenWithKernel();
        using var theirs = model.OpenPlain();
        using var truth = exact.OpenPlain();
        var values = Normal(8 * 1280, seed: 3);

        var expected = Int4Model.Run(truth, values, 8);

        Assert.InRange(Error(Int4Model.Run(ours, values, 8), expected) / Error(Int4Model.Run(theirs, values, 8), expected), 0, 1.05);
    }

    [Fact]
    public void Row_is_the_same_to_the_last_bit_alone_and_among_others()
    {
        RequireInstructions();
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 1000]).Sample((rows, seed) =>
        {
            using var model = new Int4Model(256, 288, 32, seed: seed, halfScales: seed % 2 == 0);
            using var session = model.OpenWithKernel();
            var values = Normal(rows * 256, seed);

            var together = Int4Model.Run(session, values, rows);

            for (var row = 0; row < rows; row++)
            {
                Assert.Equal(Int4Model.Run(session, values[(row * 256)..((row + 1) * 256)], 1), together[(row * 288)..((row + 1) * 288)]);
            }
        }, iter: 20);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Value_that_is_not_a_number_is_not_hidden(float bad)
    {
        RequireInstructions();
        using var model = new Int4Model(256, 32, 32);
        using var session = model.OpenWithKernel();
        var values = Normal(2 * 256, seed: 1);
        values[300] = bad;

        var product = Int4Model.Run(session, values, 2);

        Assert.All(product[..32], value => Assert.True(float.IsFinite(value)));
        Assert.All(product[32..], value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void Zeros_give_zeros()
    {
        RequireInstructions();
        using var model = new Int4Model(256, 32, 32);
        using var session = model.OpenWithKernel();

        Assert.All(Int4Model.Run(session, new float[256], 1), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(128, 16, 32, 4, true)]
    [InlineData(128, 24, 32, 4, false)] // columns not in sixteens
    [InlineData(96, 16, 32, 4, false)] // rows not in chunks
    [InlineData(128, 16, 16, 4, false)] // a block that the kernel does not know
    [InlineData(128, 16, 32, 1, false)] // activations must stay floats
    public void Nodes_that_the_kernel_is_not_made_for_stay_with_ONNX_Runtime(int length, int columns, int block, int accuracyLevel, bool redirected)
    {
        RequireInstructions();
        using var model = new Int4Model(length, columns, block, accuracyLevel);

        Assert.Equal(redirected, KernelGraph.Redirect(model.ModelPath, Int4Model.Shape, out _) is not null);

        using var session = model.OpenWithKernel();
        Assert.Equal(columns, Int4Model.Run(session, Normal(length, seed: 1), 1).Length);
    }

    [Fact]
    public void Weights_of_another_size_than_the_node_says_are_an_error_not_a_read_beyond_them()
    {
        RequireInstructions();
        using var model = new Int4Model(256, 32, 32, statedColumns: 48);

        var error = Assert.Throws<OnnxRuntimeException>(model.OpenWithKernel);

        Assert.Contains("do not have the size", error.Message, StringComparison.Ordinal);
    }

    private static void RequireInstructions() => Assert.SkipUnless(KernelDomain.IsSupported, "the kernel needs a processor with AVX-512");

    private static float[] Normal(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    private static double Error(float[] values, float[] exact) => Math.Sqrt(values.Zip(exact, (a, b) => Math.Pow(a - b, 2)).Average());

    /// <summary>Activations rounded to bytes block by block, then exact.</summary>
    private static double[] Reference(Int4Model model, float[] values, int rows)
    {
        var result = new double[rows * model.Columns];
        for (var i = 0; i < result.Length; i++)
        {
            var (row, column) = (i / model.Columns, i % model.Columns);
            for (var block = 0; block < model.Length / model.Block; block++)
            {
                var activations = values.AsSpan((row * model.Length) + (block * model.Block), model.Block);
                var largest = 0f;
                foreach (var value in activations)
                {
                    largest = Math.Max(largest, Math.Abs(value));
                }

                var products = 0.0;
                for (var k = 0; k < model.Block; k++)
                {
                    var at = (column * model.Length) + (block * model.Block) + k;
                    products += Math.Round(activations[k] * (127 / largest)) * (((model.Weights[at / 2] >> (at % 2 * 4)) & 15) - 8);
                }

                result[i] += products * largest / 127 * model.Scales[(column * (model.Length / model.Block)) + block];
            }
        }

        return result;
    }
}
