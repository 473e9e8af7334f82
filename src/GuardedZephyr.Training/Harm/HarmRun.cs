using GuardedZephyr.Classification;
using Spectre.Console;

namespace GuardedZephyr.Training.Harm;

/// <summary>One run: data, training of every network, the best one's quantisation, calibration, export, parity, figures, card.</summary>
internal sealed class HarmRun(HarmSettings settings, IAnsiConsole console)
{
    private const double ParityTolerance = 1e-4;

    private static string CatalogPath => Path.Combine(AppContext.BaseDirectory, "Harm", "sources.yaml");

    public void Execute()
    {
        TorchSharp.torch.set_num_threads(2);
        var folder = Path.Combine(AppContext.BaseDirectory, "Harm");
        var catalog = HarmCatalog.Load(CatalogPath);
        string[] labels = [.. catalog.Labels.Keys];
        var data = HarmDataset.Load(settings.Data, catalog, folder, settings.Seed);
        console.MarkupLineInterpolated($"{data.Training.Count} rows of sets, {data.Generated(0).Count()} generated, {data.Development.Count} development rows, {data.Measured.Count} measured sets");
        Directory.CreateDirectory(settings.Checkpoints);
        Candidate[] candidates = [.. settings.Networks.Select(name => Candidate.Load(settings.Checkpoints, name) ?? Train(name, data, labels))];
        var best = candidates.Where(candidate => HarmNetworks.Publishable.Contains(candidate.Network)).MaxBy(candidate => candidate.Figures.Caught);
        if (best is null)
        {
            console.WriteLine($"Nothing is published: that takes {string.Join(" or ", HarmNetworks.Publishable)}.");
            return;
        }

        using var network = (TextNetwork)HarmNetworks.Create(best.Network, data, labels.Length);
        new Checkpoint(Path.Combine(settings.Checkpoints, best.Network)).Load(network);
        Publish(network, new HarmPublisher(settings, catalog, data, candidates), data, catalog);
    }

    private Candidate Train(string name, HarmDataset data, string[] labels)
    {
        TorchSharp.torch.random.manual_seed(settings.Seed);
        using var network = HarmNetworks.Create(name, data, labels.Length);
        Selection? figures = null;
        var minutes = new HarmTrainer(data, settings, console).Fit(network, epoch => console.WriteLine($"{name}, epoch {epoch}: {figures = Selection.Measure(network, data, labels)}"));
        var candidate = new Candidate(name, network.Size, settings.Epochs, minutes, figures ?? Selection.Measure(network, data, labels));
        candidate.Save(settings.Checkpoints);
        return candidate;
    }

    private void Publish(TextNetwork network, HarmPublisher publisher, HarmDataset data, HarmCatalog catalog)
    {
        HarmGraph.Quantise(network);
        publisher.Save(network, [.. catalog.Labels.Select(_ => Calibration.None)]);
        Calibration[] calibrations;
        using (var raw = HarmClassifier.Load(settings.Output))
        {
            calibrations = Calibrate(raw, data.Development, catalog);
        }

        publisher.Save(network, calibrations);
        using (var classifier = HarmClassifier.Load(settings.Output))
        {
            CheckParity(network, classifier, calibrations, data.Development);
        }

        WriteCard(data);
    }

    private void WriteCard(HarmDataset data)
    {
        using var model = EvaluatedModel.Load(settings.Output);
        IReadOnlyList<EvaluationSet> sets = [new EvaluationSet("development", SetUse.Development, null, data.Development), .. CatalogSets.Read(CatalogPath, settings.Data, model.Labels)];
        var result = model.Measure(sets, (done, total, set) => { }, CancellationToken.None);
        ModelCard.Write(Path.Combine(settings.Output, "README.md"), model.Description, result, model.Bytes);
    }

    private Calibration[] Calibrate(HarmClassifier raw, List<Example> development, HarmCatalog catalog)
    {
        float[][] logits = [.. ClassifierRunner.Scores(raw, development).Select(scores => scores.Select(ClassifierRunner.Logit).ToArray())];
        var calibrations = Calibration.Fit(logits, development, [.. catalog.Labels.Values.Select(label => label.Shift)]);
        foreach (var (name, calibration) in catalog.Labels.Keys.Zip(calibrations))
        {
            console.WriteLine($"{name}: shift {calibration.Shift:0.00}, slope {calibration.Slope:0.00}, {calibration.Rate:P2} of harmless development prompts reach 0.5");
        }

        return calibrations;
    }

    /// <summary>The exported model gives what the trainer computes, on texts that are one window.</summary>
    private void CheckParity(TextNetwork network, HarmClassifier classifier, Calibration[] calibrations, List<Example> development)
    {
        var (batcher, longest) = (new WindowBatcher(HarmNetworks.Features), HarmNetworks.Features.WindowLength);
        var examples = development.Where(example => batcher.Batches(example.Text, WindowCutter.Cut(example.Text, longest)).ToArray() is [{ Windows.Count: 1, Words.Length: <= HarmTrainer.LongestRow }]).ToList();
        var logits = HarmTrainer.Logits(network, examples);
        double worst = 0;
        foreach (var (i, example) in examples.Index())
        {
            foreach (var (label, score) in classifier.Classify(example.Text).Index())
            {
                var expected = 1 / (1 + Math.Exp(-calibrations[label].Slope * (logits[i][label] - calibrations[label].Shift)));
                worst = Math.Max(worst, Math.Abs(expected - score.Score));
            }
        }

        console.WriteLine($"largest difference between the exported and the trained model over {examples.Count} texts: {worst:0.0e+0}");
        if (worst > ParityTolerance)
        {
            throw new InvalidOperationException($"The exported classifier differs from the trained one by {worst}, more than {ParityTolerance}.");
        }
    }
}
