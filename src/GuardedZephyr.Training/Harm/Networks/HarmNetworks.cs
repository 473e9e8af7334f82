using GuardedZephyr.Classification;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedZephyr.Training.Harm;

/// <summary>The networks that are compared, by name.</summary>
internal static class HarmNetworks
{
    private const int Merges = 12000;

    public static FeatureSettings Features { get; } = new() { Buckets = HarmSettings.Buckets };

    public static IReadOnlyList<string> Names { get; } = ["linear", "bag", "word-convolution", "subword-convolution", "subword-transformer"];

    /// <summary>What the run time knows how to run.</summary>
    public static IReadOnlyList<string> Publishable { get; } = ["bag", "word-convolution"];

    public static HarmNetwork Create(string name, HarmDataset data, int labels) => name switch
    {
        "linear" => new LinearNetwork(Features, labels),
        "bag" => new TextNetwork(name, new WordEncoder(Features), HarmSettings.Buckets, 64, HarmSettings.Hidden, labels, body: null),
        "word-convolution" => new TextNetwork(name, new WordEncoder(Features), HarmSettings.Buckets, 96, HarmSettings.Hidden, labels, new ConvolutionBody(96, 2)),
        "subword-convolution" => Subwords(name, 96, data, labels, new ConvolutionBody(96, 3)),
        "subword-transformer" => Subwords(name, 96, data, labels, new TransformerBody(96, 2, 4, HarmTrainer.LongestRow)),
        _ => throw new ArgumentException($"There is no network '{name}'; there are {string.Join(", ", Names)}."),
    };

    private static TextNetwork Subwords(string name, int dimensions, HarmDataset data, int labels, Module<Tensor, Tensor, Tensor> body)
    {
        var encoder = SubwordEncoder.Learn(data.Training.Concat(data.Generated(0)).Select(example => example.Text), Merges);
        return new TextNetwork(name, encoder, encoder.Vocabulary, dimensions, HarmSettings.Hidden, labels, body);
    }
}
