using GuardedZephyr.Classification;

namespace GuardedZephyr.Tests.Classification;

public sealed class ClassifierFolderTests : IDisposable
{
    private readonly TinyClassifier _tiny = TinyClassifier.Scoring(0.25f, 0.75f);

    [Fact]
    public void A_missing_folder_is_named() => Refused(Path.Combine(_tiny.Folder, "nowhere"), "does not exist");

    [Theory]
    [InlineData("model.onnx")]
    [InlineData("classifier.json")]
    public void A_missing_file_is_named(string file)
    {
        File.Delete(Path.Combine(_tiny.Folder, file));

        Refused(_tiny.Folder, file);
    }

    [Fact]
    public void A_description_that_is_no_json_is_refused()
    {
        File.WriteAllText(_tiny.DescriptionPath, "{ \"name\": ");

        Refused(_tiny.Folder, "not a classifier's description");
    }

    [Fact]
    public void A_description_without_labels_is_refused()
    {
        File.WriteAllText(_tiny.DescriptionPath, File.ReadAllText(_tiny.DescriptionPath).Replace("\"labels\"", "\"other\"", StringComparison.Ordinal));

        Refused(_tiny.Folder, "labels");
    }

    [Fact]
    public void All_problems_of_a_description_are_told_at_once()
    {
        File.WriteAllText(
            _tiny.DescriptionPath,
            File.ReadAllText(_tiny.DescriptionPath)
                .Replace("\"second\"", "\"first\"", StringComparison.Ordinal)
                .Replace("hashed-words-1", "word-pieces", StringComparison.Ordinal)
                .Replace("\"windowLength\": 400", "\"windowLength\": 4", StringComparison.Ordinal));

        var message = Refused(_tiny.Folder, "name of its own");

        Assert.Contains("word-pieces", message, StringComparison.Ordinal);
        Assert.Contains("windowLength is 4", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_model_is_refused()
    {
        using (var stream = File.OpenWrite(_tiny.ModelPath))
        {
            stream.SetLength(stream.Length / 2);
        }

        Refused(_tiny.Folder, "truncated");
    }

    [Theory]
    [InlineData(3, 1 << 17)]
    [InlineData(1, 1 << 17)]
    [InlineData(2, 1 << 18)]
    public void A_model_of_other_shapes_than_described_is_refused(int labels, int buckets)
    {
        using var tiny = TinyClassifier.Describing(labels, buckets);

        Refused(tiny.Folder, "model.onnx");
    }

    [Fact]
    public void A_sound_folder_loads_with_its_labels_and_digest()
    {
        using var classifier = HarmClassifier.Load(_tiny.Folder);

        Assert.Equal(["first", "second"], classifier.Labels);
        Assert.Matches("^[0-9a-f]{64}$", classifier.Sha256);
    }

    public void Dispose() => _tiny.Dispose();

    private static string Refused(string folder, string reason)
    {
        var message = Assert.Throws<ClassifierFolderException>(() => HarmClassifier.Load(folder)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
