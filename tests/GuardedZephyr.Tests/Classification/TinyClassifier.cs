using System.Security.Cryptography;
using System.Text.Json;
using GuardedZephyr.Classification;
using GuardedZephyr.Modeling.Onnx;

namespace GuardedZephyr.Tests.Classification;

/// <summary>A classifier's folder with a made-up model: two labels, each the highest of a table's column over the words.</summary>
internal sealed class TinyClassifier : IDisposable
{
    private const int Buckets = 1 << 17;

    public string Folder { get; } = Directory.CreateTempSubdirectory("tiny-classifier-").FullName;

    public string ModelPath => Path.Combine(Folder, "model.onnx");

    public string DescriptionPath => Path.Combine(Folder, "classifier.json");

    public static TinyClassifier Scoring(params float[] scores) => new(scores, ["first", "second"], Buckets);

    public static TinyClassifier Describing(int labels, int describedBuckets) =>
        new([0.5f, 0.5f], [.. Enumerable.Range(0, labels).Select(i => $"label-{i}")], describedBuckets);

    private TinyClassifier(float[] scores, string[] labels, int describedBuckets)
    {
        var graph = new OnnxGraph("tiny");
        var words = graph.Input(WindowScorer.WordsInput, OnnxType.I32, "words");
        graph.Input(WindowScorer.NgramsInput, OnnxType.I32, "ngrams");
        graph.Input(WindowScorer.NgramWordsInput, OnnxType.I64, "ngrams", 1);
        graph.Input(WindowScorer.NgramSharesInput, OnnxType.F32, "words", 1);
        var places = graph.Input(WindowScorer.PlacesInput, OnnxType.I32, "windows", "places");
        var table = new float[Buckets * scores.Length];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = scores[i % scores.Length];
        }

        var rows = graph.Node("Gather", [graph.Initializer("table", [Buckets, scores.Length], table), words], "rows");
        var padded = graph.Node("Concat", [rows, graph.Initializer("padding", [1L, scores.Length], [.. scores])], "padded", ("axis", 0L));
        var inWindows = graph.Node("Gather", [padded, places], "in_windows");
        graph.Node("ReduceMax", [inWindows, graph.Initializer("axis", [1L], 1L)], WindowScorer.ScoresOutput, ("keepdims", 0L));
        graph.Output(WindowScorer.ScoresOutput, OnnxType.F32, "windows", scores.Length);
        OnnxFile.Save(graph, ModelPath);

        var description = new ClassifierDescription
        {
            Name = "tiny",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(ModelPath))),
            Labels = [.. labels.Select(label => new LabelDescription { Name = label, Meaning = "", Threshold = 0.5 })],
            Features = new FeatureSettings { Buckets = describedBuckets },
            Calibration = new CalibrationDescription { Method = "none", FalsePositiveRatesAtHalf = [], Slopes = [], Shifts = [] },
            TrainingData = [],
            Training = new TrainingDescription("", 0, 0, 0, "", 0),
        };
        File.WriteAllText(DescriptionPath, JsonSerializer.Serialize(description, ClassifierFolder.Json));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
