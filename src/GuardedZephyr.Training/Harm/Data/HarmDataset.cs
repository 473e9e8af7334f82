namespace GuardedZephyr.Training.Harm;

/// <summary>All examples: what is trained on, what decides thresholds and when to stop, and what is only measured.</summary>
internal sealed record HarmDataset
{
    /// <summary>One row in this many of every training set goes to <see cref="Development"/>.</summary>
    private const int DevelopmentOneIn = 20;

    public required List<Example> Training { get; init; }

    /// <summary>From the training sets and held-out templates: decides calibration.</summary>
    public required List<Example> Development { get; init; }

    /// <summary>Whole sets that nothing was decided on, by use and name.</summary>
    public required List<(HarmSource Source, List<Example> Examples)> Measured { get; init; }

    public static HarmDataset Load(string dataFolder, HarmCatalog catalog, Grammar grammar, int seed)
    {
        var random = new Random(seed);
        string[] labels = [.. catalog.Labels.Keys];
        var reader = new SourceReader(dataFolder, labels);
        var read = catalog.Sources.Select(source => (Source: source, Examples: reader.Read(source, random))).ToList();

        var measured = read.Where(item => item.Source.Use is not ("train" or "calibrate")).ToList();
        var measuredTexts = measured.SelectMany(item => item.Examples).Select(Key).ToHashSet();
        var used = read.Where(item => item.Source.Use is "train" or "calibrate").ToList();
        var neutral = NeutralText.From(
            used.Where(item => item.Source.Neutral).SelectMany(item => item.Examples),
            used.SelectMany(item => item.Examples));

        var training = new List<Example>();
        var development = new List<Example>();
        var all = used.SelectMany(item => item.Examples).Concat(new PromptGenerator(grammar, labels, neutral).Generate(random));
        foreach (var example in all.DistinctBy(Key).Where(example => !measuredTexts.Contains(Key(example))))
        {
            (example.Held || random.Next(DevelopmentOneIn) == 0 ? development : training).Add(example);
        }

        return new HarmDataset { Training = training, Development = development, Measured = measured };
    }

    private static string Key(Example example) => string.Concat(example.Text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
