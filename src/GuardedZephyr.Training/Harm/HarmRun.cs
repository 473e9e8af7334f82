using GuardedZephyr.Classification;
using Spectre.Console;

namespace GuardedZephyr.Training.Harm;

/// <summary>One run: data, features, training, quantisation, calibration, export, parity, figures, card.</summary>
internal sealed class HarmRun(HarmSettings settings, IAnsiConsole console)
{
    private const double ParityTolerance = 1e-4;

    private readonly FeatureSettings _features = new() { Buckets = HarmSettings.Buckets };

    public void Execute()
    {
        TorchSharp.torch.random.manual_seed(settings.Seed);
        TorchSharp.torch.set_num_threads(2);
        var folder = Path.Combine(AppContext.BaseDirectory, "Harm");
        var catalog = HarmCatalog.Load(Path.Combine(folder, "sources.yaml"));
        string[] labels = [.. catalog.Labels.Keys];
        var data = HarmDataset.Load(settings.Data, catalog, Grammar.Load(Path.Combine(folder, "grammar.yaml")), settings.Seed);
        console.MarkupLineInterpolated($"{data.Training.Count} training rows, {data.Development.Count} development rows, {data.Measured.Count} measured sets");

        var extractor = new FeatureExtractor(_features);
        var training = FeatureTable.Extract(data.Training, extractor);
        var development = FeatureTable.Extract(data.Development, extractor);
        console.MarkupLineInterpolated($"{training.Buckets.Length / training.Rows} features a row");

        using var network = new BagNetwork(HarmSettings.Buckets, HarmSettings.Dimensions, HarmSettings.Hidden, labels.Length);
        if (File.Exists(settings.Checkpoint))
        {
            network.load(settings.Checkpoint);
        }
        else
        {
            new HarmTrainer(data, labels, training, development, settings.Seed).Fit(network, settings.Epochs, console);
            if (settings.Checkpoint is not null)
            {
                network.save(settings.Checkpoint);
            }
        }

        HarmGraph.Quantise(network);

        var publisher = new HarmPublisher(settings, catalog, _features, data, File.ReadAllText(Path.Combine(folder, "card.md")));
        var calibrations = Calibrate(publisher, network, data.Development, catalog);
        publisher.Save(network, calibrations, metrics: []);
        using var classifier = HarmClassifier.Load(settings.Output);
        CheckParity(network, classifier, calibrations, development, data.Development);
        var metrics = publisher.Measure(classifier);
        publisher.Save(network, calibrations, metrics);
        Show(metrics);
    }

    private Calibration[] Calibrate(HarmPublisher publisher, BagNetwork network, List<Example> development, HarmCatalog catalog)
    {
        var labels = catalog.Labels.ToArray();
        publisher.Save(network, [.. labels.Select(_ => Calibration.None)], metrics: []);
        using var raw = HarmClassifier.Load(settings.Output);
        var scores = ClassifierRunner.Scores(raw, development);
        var calibrations = new Calibration[labels.Length];
        for (var label = 0; label < labels.Length; label++)
        {
            var logits = scores.Select(score => ClassifierRunner.Logit(score[label])).ToArray();
            var labelled = logits.Zip(development).Where(pair => pair.Second.Labels[label] != Example.Silent).Select(pair => (pair.First, pair.Second.Labels[label] == 1)).ToList();
            calibrations[label] = Calibration.Fit(Harmless(PromptKind.Familiar), Harmless(PromptKind.Foreign), labelled, labels[label].Value.Rate);
            console.MarkupLineInterpolated($"{labels[label].Key}: shift {calibrations[label].Shift:0.00}, slope {calibrations[label].Slope:0.00}");

            float[] Harmless(PromptKind kind) => [.. logits.Where((_, i) => development[i].Prompt == kind && development[i].Harmless)];
        }

        return calibrations;
    }

    /// <summary>The exported model gives what the trainer computes, on texts that are one window.</summary>
    private void CheckParity(BagNetwork network, HarmClassifier classifier, Calibration[] calibrations, FeatureTable table, List<Example> examples)
    {
        var logits = HarmTrainer.Logits(network, table, examples);
        double worst = 0;
        foreach (var (i, example) in examples.Index().Where(item => WindowCutter.Cut(item.Item.Text, _features.WindowLength).Count() == 1 && table.Row(item.Index).Length > 0))
        {
            foreach (var (label, score) in classifier.Classify(example.Text).Index())
            {
                var expected = 1 / (1 + Math.Exp(-calibrations[label].Slope * (logits[i][label] - calibrations[label].Shift)));
                worst = Math.Max(worst, Math.Abs(expected - score.Score));
            }
        }

        console.MarkupLineInterpolated($"largest difference between the exported and the trained model: {worst:0.0e+0}");
        if (worst > ParityTolerance)
        {
            throw new InvalidOperationException($"The exported classifier differs from the trained one by {worst}, more than {ParityTolerance}.");
        }
    }

    private void Show(IReadOnlyList<MetricDescription> metrics)
    {
        var table = new Table().AddColumns("set", "use", "label", "positives", "negatives", "AUC", "caught", "false positives");
        foreach (var metric in metrics)
        {
            table.AddRow(metric.Set.EscapeMarkup(), metric.Use, metric.Label, $"{metric.Positives}", $"{metric.Negatives}", $"{metric.Auc:0.000}", $"{metric.Caught:0.0%}", $"{metric.FalsePositiveRate:0.00%}");
        }

        console.Write(table);
    }
}
