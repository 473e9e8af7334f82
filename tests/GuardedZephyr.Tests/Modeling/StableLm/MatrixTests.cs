using System.Runtime.InteropServices;
using CsCheck;
using GuardedZephyr.Modeling.Onnx;
using GuardedZephyr.Modeling.Quantization;
using GuardedZephyr.Modeling.Safetensors;
using GuardedZephyr.Modeling.StableLm;
using GuardedZephyr.Tests.Modeling.Quantization;

namespace GuardedZephyr.Tests.Modeling.StableLm;

/// <summary>However a matrix is cut into chunks and bands, the same numbers are written.</summary>
public sealed class MatrixTests : IDisposable
{
    private const int Columns = 40;
    private static readonly int[] Order = [2, 0, 3, 1];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("matrix-");
    private readonly Checkpoint _checkpoint;
    private readonly float[][] _rows;

    public MatrixTests()
    {
        var random = new Random(5);
        var (first, second) = (Values(24), Values(10));
        SafetensorsWriter.Write(Path.Combine(_folder.FullName, "model.safetensors"), [("heads", [24, Columns], first), ("plain", [10, Columns], second)]);
        _checkpoint = Checkpoint.Open(_folder.FullName);
        var heads = first.Chunk(Columns).ToArray();
        _rows = [.. heads.Select((_, row) => heads[row - (row % 4) + Order[row % 4]]), .. second.Chunk(Columns)];

        float[] Values(int rows) => [.. Enumerable.Range(0, rows * Columns).Select(_ => (float)(Half)random.NextSingle())];
    }

    public void Dispose()
    {
        _checkpoint.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Table_has_the_rows_in_the_order_of_the_graph() => Gen.Int[1, 2000].Sample(
        chunk => Assert.Equal(_rows.SelectMany(row => row), Written<float>(new DenseMatrix(Rows(chunk), half: false).Table("t"))), iter: 20);

    [Fact]
    public void Transposed_matrix_has_them_as_columns() => Gen.Select(Gen.Int[1, 2000], Gen.Int[1, 6000]).Sample(
        (chunk, band) =>
        {
            var matrix = new DenseMatrix(Rows(chunk), half: true) { BandBytes = band };

            Assert.Equal(Enumerable.Range(0, Columns).SelectMany(column => _rows.Select(row => (Half)row[column])), Written<Half>(matrix.Transposed("t")));
        },
        iter: 20);

    [Fact]
    public void Quantised_matrix_has_their_codes_and_scales() => Gen.Int[1, 2000].Sample(
        chunk =>
        {
            var matrix = new QuantizedMatrix(Rows(chunk), new BlockQuantizer(8, 32, searchScales: false, halfScales: false), halfScales: false);
            var (codes, scales) = (Written<byte>(matrix.Codes("c")), Written<float>(matrix.Scales("s")));

            // 40 columns are two blocks, the second one padded to 32.
            var stored = _rows.Select((_, row) => Enumerable.Range(0, Columns).Select(column => (codes[(row * 64) + column] - 128) * scales[(row * 2) + (column / 32)]));
            Assert.Equal(_rows.SelectMany(row => PlainQuantizer.Stored(row, Columns, 8, 32)), stored.SelectMany(row => row));
        },
        iter: 20);

    private WeightRows Rows(int chunk) =>
        new(_checkpoint, _folder.FullName, Columns, new WeightPart("heads", 24, Order), new WeightPart("plain", 10)) { ChunkWeights = chunk };

    private static T[] Written<T>(OnnxTensor tensor) where T : unmanaged
    {
        using var stream = new MemoryStream();
        tensor.WriteTo(stream);
        return MemoryMarshal.Cast<byte, T>(stream.ToArray()).ToArray();
    }
}
