using System.Security.Cryptography;
using System.Text.Json;
using GuardedZephyr.Classification;
using GuardedZephyr.Modeling.Onnx;

namespace GuardedZephyr.Tests.Classification;

/// <summary>A classifier's folder with a made-up model: two labels, each the mean of a table's column over the features.</summary>
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
        var features = graph.Input(HarmClassifier.FeaturesInput, OnnxType.I32, "features");
        var table = new float[Buckets * scores.Length];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = scores[i % scores.Length];
        }

        var rows = graph.Node("Gather", [graph.Initializer("table", [Buckets, scores.Length], table), features], "rows");
        graph.Node("ReduceMax", [rows, graph.Initializer("axis", [1L], 0L)], HarmClassifier.ScoresOutput, ("keepdims", 0L));
        graph.Output(HarmClassifier.ScoresOutput, OnnxType.F32, scores.Length);
        OnnxFile.Save(graph, ModelPath);

        var description = new ClassifierDescription
        {
            Name = "tiny",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(ModelPath))),
            Labels = [.. labels.Select(label => new LabelDescription { Name = label, Meaning = "", Threshold = 0.5, FalsePositiveRate = 0, Recall = 0 })],
            Features = new FeatureSettings { Buckets = describedBuckets },
            Calibration = new CalibrationDescription { Method = "none", FalsePositiveRatesAtHalf = [], Slopes = [], Shifts = [] },
            TrainingData = [],
            Training = new TrainingDescription("", 0, 0, 0, 0, 0),
            Metrics = [],
        };
        File.WriteAllText(DescriptionPath, JsonSerializer.Serialize(description, ClassifierFolder.Json));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
