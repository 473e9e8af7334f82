namespace GuardedZephyr.Training.Harm;

/// <summary>All examples: what is trained on, what decides thresholds, and what is only measured.</summary>
internal sealed class HarmDataset
{
    /// <summary>One row in this many of every training set goes to <see cref="Development"/>.</summary>
    private const int DevelopmentOneIn = 20;

    private readonly TopicGenerator _topics;
    private readonly PromptGenerator _prompts;
    private readonly HashSet<string> _measured;
    private readonly int _seed;

    private HarmDataset(TopicGenerator topics, PromptGenerator prompts, HashSet<string> measured, int seed)
    {
        _topics = topics;
        _prompts = prompts;
        _measured = measured;
        _seed = seed;
    }

    /// <summary>Rows of sets.</summary>
    public required List<Example> Training { get; init; }

    /// <summary>From the training sets, held-out lines and templates: decides calibration.</summary>
    public required List<Example> Development { get; init; }

    /// <summary>Whole sets that nothing was decided on, by use and name.</summary>
    public required List<(HarmSource Source, List<Example> Examples)> Measured { get; init; }

    public required Augmenter Augmenter { get; init; }

    public static HarmDataset Load(string dataFolder, HarmCatalog catalog, string folder, int seed)
    {
        var random = new Random(seed);
        string[] labels = [.. catalog.Labels.Keys];
        var reader = new SourceReader(dataFolder, Path.Combine(folder, "Annotations"), labels);
        var read = catalog.Sources.Select(source => (Source: source, Examples: reader.Read(source, random))).ToList();

        var measured = read.Where(item => item.Source.Use is not ("train" or "calibrate")).ToList();
        var measuredTexts = measured.SelectMany(item => item.Examples).Select(Key).ToHashSet();
        var used = read.Where(item => item.Source.Use is "train" or "calibrate").ToList();
        var neutral = NeutralText.From(
            used.Where(item => item.Source.Neutral).SelectMany(item => item.Examples),
            used.SelectMany(item => item.Examples));

        var training = new List<Example>();
        var development = new List<Example>();
        foreach (var example in used.SelectMany(item => item.Examples).DistinctBy(Key).Where(example => !measuredTexts.Contains(Key(example))))
        {
            (example.Held || random.Next(DevelopmentOneIn) == 0 ? development : training).Add(example);
        }

        var topics = new TopicGenerator(Topic.Load(Path.Combine(folder, "Topics")), Frames.Load(Path.Combine(folder, "frames.yaml")), labels);
        var prompts = new PromptGenerator(Grammar.Load(Path.Combine(folder, "grammar.yaml")), labels, neutral);
        development.AddRange(topics.Generate(random, held: true).Concat(prompts.Generate(random).Where(example => example.Held)).DistinctBy(Key).Where(example => !measuredTexts.Contains(Key(example))));
        return new HarmDataset(topics, prompts, measuredTexts, seed)
        {
            Training = training,
            Development = development,
            Measured = measured,
            Augmenter = new Augmenter([.. training.Where(example => example.Harmless && example.Text.Length is > 10 and < 200).Select(example => example.Text)]),
        };
    }

    /// <summary>Texts that the trainer makes itself, anew for each epoch.</summary>
    public IEnumerable<Example> Generated(int epoch)
    {
        var random = new Random(unchecked((_seed * 1_000_003) + epoch));
        return _topics.Generate(random, held: false).Concat(_prompts.Generate(random).Where(example => !example.Held)).DistinctBy(example => example.Text).Where(example => !_measured.Contains(Key(example)));
    }

    private static string Key(Example example) => string.Concat(example.Text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
