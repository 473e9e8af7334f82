using System.Buffers.Binary;
using System.Text;
using GuardedZephyr.Modeling;
using GuardedZephyr.Modeling.Safetensors;

namespace GuardedZephyr.Tests.Modeling.Safetensors;

public sealed class SafetensorsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("safetensors-");

    private string FilePath => Path.Combine(_folder.FullName, "model.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Written_tensors_are_read_back()
    {
        SafetensorsWriter.Write(FilePath, [("a", [2, 3], [1, 2, 3, 4, 5, 6]), ("b", [1], [7])]);

        using var reader = SafetensorsReader.Open(FilePath);

        Assert.Equal(["a", "b"], reader.Entries.Keys.Order());
        Assert.Equal([1, 2, 3, 4, 5, 6], reader.Read("a", 2, 3));
        Assert.Equal([7], reader.Read("b", 1));
    }

    [Theory]
    [InlineData("F16", new byte[] { 0x00, 0x3E, 0x00, 0xC0 }, new[] { 1.5f, -2f })]
    [InlineData("BF16", new byte[] { 0xC0, 0x3F, 0x00, 0xC0 }, new[] { 1.5f, -2f })]
    public void Half_precision_is_widened(string type, byte[] data, float[] expected)
    {
        WriteRaw($$$"""{"x":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,4]}}""", data);
        using var reader = SafetensorsReader.Open(FilePath);

        Assert.Equal(expected, reader.Read("x", 2));
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "lies beyond the end of the file")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "bytes for another shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "lies beyond")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2]}}""", 8, "header is not that of a safetensors file")]
    [InlineData("""{"x":""", 8, "header is not that of a safetensors file")]
    public void Damaged_file_is_refused(string header, int bytes, string problem)
    {
        WriteRaw(header, new byte[bytes]);

        Assert.Contains(problem, Assert.Throws<CheckpointException>(() => SafetensorsReader.Open(FilePath)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void File_shorter_than_its_header_is_refused(int length)
    {
        WriteRaw("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]);
        using (var stream = File.OpenWrite(FilePath))
        {
            stream.SetLength(length);
        }

        Assert.Contains("download it again", Assert.Throws<CheckpointException>(() => SafetensorsReader.Open(FilePath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Type_that_is_not_read_is_named()
    {
        WriteRaw("""{"x":{"dtype":"I8","shape":[2],"data_offsets":[0,2]}}""", new byte[2]);
        using var reader = SafetensorsReader.Open(FilePath);

        Assert.Contains("tensor 'x' is I8", Assert.Throws<CheckpointException>(() => reader.Read("x", 2)).Message, StringComparison.Ordinal);
    }

    private void WriteRaw(string header, byte[] data)
    {
        var bytes = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        File.WriteAllBytes(FilePath, [.. length, .. bytes, .. data]);
    }
}
