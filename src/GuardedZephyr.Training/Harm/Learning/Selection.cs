using System.Text.Json.Serialization;

namespace GuardedZephyr.Training.Harm;

/// <summary>The figures that networks are compared by, on sets none of whose rows were trained on: what is caught when one in twenty ordinary prompts is flagged.</summary>
internal sealed record Selection(IReadOnlyList<Selection.Request> Requests, double HardNegatives, double Identity, double Toxicity)
{
    private const double FalsePositives = 0.05;
    private const int MostRows = 3000;

    private static readonly string[] Ordinary = ["alpaca_harmless_instructions", "benign_instruction_mix"];
    private static readonly string[] Harmful = ["circuit_breaker_goals", "malicious_instruct", "do_not_answer", "dangerousqa", "harmbench_extra_tdc2023", "dev_malicious"];

    [JsonIgnore]
    public double Caught => Requests.Average(request => request.Caught);

    [JsonIgnore]
    public IReadOnlyDictionary<string, double> ByName => new Dictionary<string, double>(Requests.Select(request => KeyValuePair.Create($"{request.Set} caught at 5 %", request.Caught)))
    {
        ["requests caught at 5 %"] = Caught,
        ["hard negatives flagged"] = HardNegatives,
        ["groups named, flagged"] = Identity,
        ["toxicity AUC"] = Toxicity,
    };

    public static Selection Measure(HarmNetwork network, HarmDataset data, IReadOnlyList<string> labels)
    {
        var scores = data.Measured.Where(item => Ordinary.Contains(item.Source.Set) || Harmful.Contains(item.Source.Set) || item.Source.Set is "oktest" or "dev_benign" or "surge_toxicity" or "toxigen_prompt_sentences")
            .ToDictionary(item => item.Source.Set, item =>
            {
                var examples = item.Examples.Take(MostRows).ToArray();
                return (Examples: examples, Logits: HarmTrainer.Logits(network, examples));
            });
        var threshold = Curve.Threshold(Ordinary.SelectMany(set => scores[set].Logits).Select(Any), FalsePositives);
        var toxicity = labels.Index().First(label => label.Item == "toxicity").Index;
        return new Selection(
            [.. Harmful.Select(set => new Request(set, Share(scores[set].Logits)))],
            Share([.. scores["oktest"].Logits, .. scores["dev_benign"].Logits]),
            Share(scores["toxigen_prompt_sentences"].Logits.Where((_, i) => scores["toxigen_prompt_sentences"].Examples[i].Harmless)),
            Curve.Auc(scores["surge_toxicity"].Logits, scores["surge_toxicity"].Examples, toxicity) ?? 0);

        double Share(IEnumerable<float[]> rows) => rows.Average(row => Any(row) >= threshold ? 1.0 : 0);
    }

    /// <summary>The logarithm of the sum of softplus: the chance that any label applies, in a form that does not saturate.</summary>
    private static float Any(float[] logits) => (float)Math.Log(logits.Sum(logit => Math.Max(logit, 0) + Math.Log(1 + Math.Exp(-Math.Abs(logit)))));

    public override string ToString() =>
        $"caught at 5 %: {string.Join(", ", Requests.Select(request => $"{request.Set} {request.Caught:P1}"))}; mean {Caught:P1}; hard negatives {HardNegatives:P1}; groups named {Identity:P1}; toxicity AUC {Toxicity:0.000}";

    internal sealed record Request(string Set, double Caught);
}
