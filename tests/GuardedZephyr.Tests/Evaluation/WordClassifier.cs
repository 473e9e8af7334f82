using System.Security.Cryptography;
using System.Text.Json;
using GuardedZephyr.Classification;
using GuardedZephyr.Modeling.Onnx;

namespace GuardedZephyr.Tests.Evaluation;

/// <summary>A classifier's folder whose model knows two words: "insult" is toxicity with 0.9, "slur" hate with 0.8, everything else scores 0.1.</summary>
internal sealed class WordClassifier : IDisposable
{
    private const int Buckets = 1 << 12;
    private static readonly string[] _labels = ["toxicity", "hate"];

    public WordClassifier()
    {
        var table = new float[Buckets * _labels.Length];
        Array.Fill(table, 0.1f);
        table[Bucket("insult") * _labels.Length] = 0.9f;
        table[(Bucket("slur") * _labels.Length) + 1] = 0.8f;

        var graph = new OnnxGraph("words");
        var words = graph.Input(WindowScorer.WordsInput, OnnxType.I32, "words");
        graph.Input(WindowScorer.NgramsInput, OnnxType.I32, "ngrams");
        graph.Input(WindowScorer.NgramWordsInput, OnnxType.I64, "ngrams", 1);
        graph.Input(WindowScorer.NgramSharesInput, OnnxType.F32, "words", 1);
        var places = graph.Input(WindowScorer.PlacesInput, OnnxType.I32, "windows", "longest");
        var rows = graph.Node("Gather", [graph.Initializer("table", [Buckets, _labels.Length], table), words], "rows");
        var padded = graph.Node("Concat", [rows, graph.Initializer("none", [1L, _labels.Length], 0f, 0f)], "padded", ("axis", 0L));
        var placed = graph.Node("Gather", [padded, places], "placed");
        graph.Node("ReduceMax", [placed, graph.Initializer("axis", [1L], 1L)], WindowScorer.ScoresOutput, ("keepdims", 0L));
        graph.Output(WindowScorer.ScoresOutput, OnnxType.F32, "windows", _labels.Length);
        var model = Path.Combine(Folder, ClassifierFolder.ModelFile);
        OnnxFile.Save(graph, model);
        var description = Describe("words", File.ReadAllBytes(model));
        File.WriteAllText(Path.Combine(Folder, ClassifierFolder.DescriptionFile), JsonSerializer.Serialize(description, ClassifierFolder.Json));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("word-classifier-").FullName;

    public static ClassifierDescription Describe(string name, byte[] model) => new()
    {
        Name = name,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(model)),
        Labels = [.. _labels.Select(label => new LabelDescription { Name = label, Meaning = $"What {label} is.", Threshold = 0.5 })],
        Features = new FeatureSettings { Buckets = Buckets },
        Calibration = new CalibrationDescription { Method = "none", FalsePositiveRatesAtHalf = [0.01, 0.02], Slopes = [1, 1], Shifts = [0, 0] },
        TrainingData = [new SourceDescription("a set", "CC0-1.0", 12)],
        Training = new TrainingDescription("train it", Seed: 1, Epochs: 1, Rows: 12, "words", Parameters: 8192),
        Architecture = "It knows two words.",
        Comparison = [new ComparisonDescription("words", 8192, 3, 1.5, new Dictionary<string, double> { ["caught"] = 0.5 }), new ComparisonDescription("linear", 99, 3, 0.1, new Dictionary<string, double> { ["caught"] = 0.25, ["AUC"] = 0.75 })],
    };

    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static int Bucket(string word)
    {
        var features = new TextFeatures();
        new FeatureExtractor(new FeatureSettings { Buckets = Buckets }).Extract(word, features);
        return Assert.Single(features.Words);
    }
}
