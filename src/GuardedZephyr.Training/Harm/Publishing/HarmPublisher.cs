using System.Security.Cryptography;
using System.Text.Json;
using GuardedZephyr.Classification;

namespace GuardedZephyr.Training.Harm;

/// <summary>Writes the classifier's model and description.</summary>
internal sealed class HarmPublisher(HarmSettings settings, HarmCatalog catalog, HarmDataset data, IReadOnlyList<Candidate> candidates)
{
    /// <summary>Overwrites the folder's model and description.</summary>
    public void Save(TextNetwork network, Calibration[] calibrations)
    {
        Directory.CreateDirectory(settings.Output);
        var model = Path.Combine(settings.Output, ClassifierFolder.ModelFile);
        HarmGraph.Save(network, calibrations, model);
        var description = new ClassifierDescription
        {
            Name = "guardedzephyr-harm-2",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(model))),
            Labels = [.. catalog.Labels.Select(label => new LabelDescription { Name = label.Key, Meaning = label.Value.Meaning, Threshold = HarmMetrics.Threshold })],
            Features = HarmNetworks.Features,
            Calibration = new CalibrationDescription
            {
                Method = "score = sigmoid(slope * (logit - shift)), inside model.onnx, with one slope for all labels, the one of least log loss on development rows, and shifts that were chosen by hand for few false alarms",
                FalsePositiveRatesAtHalf = [.. calibrations.Select(calibration => Math.Round(calibration.Rate, 5))],
                Slopes = [.. calibrations.Select(calibration => Math.Round(calibration.Slope, 4))],
                Shifts = [.. calibrations.Select(calibration => Math.Round(calibration.Shift, 4))],
            },
            Architecture = Architecture(network),
            TrainingData = [.. TrainingData()],
            Training = new TrainingDescription(
                $"zephyr-train harm --data ../shared/data --out models/harm-classifier --checkpoints ../harm-checkpoints --seed {settings.Seed} --epochs {settings.Epochs}", settings.Seed, settings.Epochs, data.Training.Count + data.Generated(0).Count(), network.GetName(), network.Size),
            Comparison = [.. candidates.Select(candidate => new ComparisonDescription(candidate.Network, candidate.Parameters, candidate.Epochs, Math.Round(candidate.Minutes, 1), candidate.Figures.ByName))],
        };
        File.WriteAllText(Path.Combine(settings.Output, ClassifierFolder.DescriptionFile), JsonSerializer.Serialize(description, ClassifierFolder.Json) + "\n");
    }

    private static string Architecture(TextNetwork network) => string.Join(
        '\n',
        FormattableString.Invariant($"Words are folded (lower case, digits alike, repeated letters cut to two) and hashed, with their character n-grams of three to five, to {HarmSettings.Buckets} buckets; each bucket has"),
        FormattableString.Invariant($"{network.Table.Dimensions} numbers (8 bits in the file). A word is the sum of its own and the mean of its n-grams'. {network.Convolutions.Count()} residual convolutions of width three let words know their neighbours;"),
        FormattableString.Invariant($"{TextNetwork.Heads} heads weigh the words of a window, whose means and maxima go through one hidden layer of {HarmSettings.Hidden} units to a sigmoid for each label. What windows share is computed once."));

    private IEnumerable<SourceDescription> TrainingData()
    {
        var licences = catalog.Sources.GroupBy(source => source.Set).ToDictionary(group => group.Key, group => group.First().Licence);
        return data.Training
            .GroupBy(example => example.Source)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new SourceDescription(group.Key, licences[group.Key], group.Count()))
            .Append(new SourceDescription("written for this project: Topics/, frames.yaml, grammar.yaml", "MIT (this project)", data.Generated(0).Count()));
    }
}
