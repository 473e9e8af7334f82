using System.Globalization;
using System.Text;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

/// <summary>How one test vector came out. It shows the vector's text, which the policy's author wrote for this.</summary>
internal sealed record VectorResult(string File, int Line, string Name, bool Passed, string Text, IReadOnlyList<VectorResult.Difference> Differences)
{
    public static VectorResult Of(string file, PolicyVector vector, Policy policy, Judgement judgement)
    {
        var (expected, verdict) = (vector.Expected, judgement.Verdict);
        var entities = verdict.Findings.Select(finding => finding.Category).Except(policy.RequiredLabels);
        Difference?[] differences =
        [
            Compare("outcome", expected.Outcome is { } outcome ? Names.Of(outcome) : null, Names.Of(verdict.Outcome)),
            Compare("text", expected.Text, judgement.EnforcedText ?? "(nothing passes)"),
            Compare("rules", Listed(expected.Rules), Listed(verdict.Rules)!),
            Compare("shadow-rules", Listed(expected.ShadowRules), Listed(verdict.ShadowRules)!),
            Compare("response", expected.Response, verdict.Response ?? "none"),
            Compare("entities", Listed(expected.Entities), Listed(entities)!),
        ];
        Difference[] found = [.. differences.OfType<Difference>()];
        return new VectorResult(file, vector.Line, vector.Name, found.Length == 0, vector.Text, found);
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"FAILED {File}:{Line}: {Name}\n  given     {Text}");
        foreach (var difference in Differences)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {difference.Key,-9} expected: {difference.Expected}\n            came:     {difference.Actual}");
        }

        return text.ToString();
    }

    /// <param name="expected">Null when the vector says nothing.</param>
    private static Difference? Compare(string key, string? expected, string actual) =>
        expected is null || expected == actual ? null : new Difference(key, expected, actual);

    private static string? Listed(IEnumerable<string>? names) =>
        names is null ? null : string.Join(", ", names.Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } listed ? listed : "none";

    internal sealed record Difference(string Key, string Expected, string Actual);
}
