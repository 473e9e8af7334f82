using CsCheck;
using GuardedZephyr.Modeling.Quantization;

namespace GuardedZephyr.Tests.Modeling.Quantization;

public sealed class BlockQuantizerTests
{
    private static readonly Gen<(int Bits, int BlockSize, bool Half, float[] Row)> Rows =
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 2], Gen.Bool, Gen.Int[1, 4]).SelectMany((kind, size, half, blocks) =>
            Gen.Float[-3, 3].Array[blocks * (32 << size)].Select(row => (4 << kind, 32 << size, half, row)));

    [Fact]
    public void Codes_are_those_of_the_plain_definition() => Rows.Sample(sample =>
    {
        var (bits, size, half, row) = sample;

        var stored = Stored(new BlockQuantizer(bits, size, searchScales: false, half), bits, row);

        Assert.Equal(PlainQuantizer.Stored(row, row.Length, bits, size, half), stored);
    });

    [Fact]
    public void Searched_scale_is_never_worse_by_the_squared_error() => Rows.Sample(sample =>
    {
        var (bits, size, _, row) = sample;

        var plain = Error(row, Stored(new BlockQuantizer(bits, size, searchScales: false, halfScales: false), bits, row));
        var searched = Error(row, Stored(new BlockQuantizer(bits, size, searchScales: true, halfScales: false), bits, row));

        Assert.True(searched <= plain * 1.0001, $"{searched} where the plain scale has {plain}");
    });

    [Theory]
    [InlineData(32, 0.086, 0.081)]
    [InlineData(64, 0.095, 0.090)]
    [InlineData(128, 0.103, 0.097)]
    public void Relative_error_of_gaussian_weights_is_what_four_bits_cost(int blockSize, double plain, double searched)
    {
        var random = new Random(1);
        var row = Enumerable.Range(0, 1 << 16).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))).ToArray();
        var size = row.Sum(value => (double)value * value);

        Assert.Equal(plain, Math.Sqrt(Error(row, Stored(new BlockQuantizer(4, blockSize, false, false), 4, row)) / size), 0.002);
        Assert.Equal(searched, Math.Sqrt(Error(row, Stored(new BlockQuantizer(4, blockSize, true, false), 4, row)) / size), 0.002);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Row_with_a_value_that_is_no_number_cannot_be_stored(float value)
    {
        foreach (var place in new[] { 0, 17, 63 })
        {
            var row = new float[64];
            row[place] = value;

            Assert.False(new BlockQuantizer(4, 32, searchScales: true, halfScales: false).TryQuantize(row, new byte[32], new float[2]));
        }
    }

    [Fact]
    public void Row_of_zeros_is_stored_as_zeros()
    {
        Assert.All(Stored(new BlockQuantizer(4, 32, searchScales: true, halfScales: true), 4, new float[64]), value => Assert.Equal(0, value));
    }

    private static double Error(float[] row, float[] stored) => row.Zip(stored, (a, b) => (double)(a - b) * (a - b)).Sum();

    /// <summary>What MatMulNBits makes of the codes: low nibble first, the middle code is 0.</summary>
    private static float[] Stored(BlockQuantizer quantizer, int bits, float[] row)
    {
        var scales = new float[row.Length / quantizer.BlockSize];
        var codes = new byte[scales.Length * quantizer.BytesPerBlock];
        Assert.True(quantizer.TryQuantize(row, codes, scales));
        var middle = 1 << (bits - 1);
        return [.. row.Select((_, i) => ((bits == 8 ? codes[i] : i % 2 == 0 ? codes[i / 2] & 15 : codes[i / 2] >> 4) - middle) * scales[i / quantizer.BlockSize])];
    }
}
