using System.Globalization;
using GuardedZephyr.Classification;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.SemanticKernel;

/// <summary>Puts together why a text was judged as it was.</summary>
internal static class DecisionExplainer
{
    private const int MostDropped = 20;

    public static DecisionExplanation Explain(GuardPipeline pipeline, string text, Direction direction, Verdict verdict, CancellationToken cancellationToken)
    {
        Policy policy = pipeline.Policy;
        ExplainedFinding[] findings = [.. verdict.Findings.Select(finding => new ExplainedFinding(
            finding.Category, finding.Start, finding.Length, Rounded(finding.Score), finding.Detector, SurfaceOf(text, finding), Rules(policy, direction, finding)))];
        return new DecisionExplanation
        {
            Summary = Summary(verdict, findings),
            Outcome = Names.Of(verdict.Outcome),
            Action = Names.Of(verdict.Action),
            Direction = Names.Of(direction),
            Policy = $"{policy.Identity.Name} v{policy.Identity.Version}",
            PolicySha256 = policy.Identity.Sha256,
            Rules = verdict.Rules,
            ShadowRules = verdict.ShadowRules,
            Findings = findings,
            NotTaken = [.. verdict.Scores.Where(score => score.Value > 0 && verdict.Findings.All(finding => finding.Category != score.Key))
                .OrderByDescending(score => score.Value)
                .Select(score => new ExplainedScore(score.Key, Rounded(score.Value), Rules(policy, direction, new Finding(score.Key, 0, text.Length, score.Value, ""))))
                .Where(score => score.Rules.Count > 0)],
            Readings = [.. Readings(pipeline, text, direction, cancellationToken)],
            Dropped = [.. policy.Detectors.OfType<PiiDetector>().SelectMany(detector => detector.Explain(GuardText.From(text)))
                .Where(match => match.Rejection is not (null or PiiRejection.Dominated))
                .OrderBy(match => match.Start)
                .Take(MostDropped)
                .Select(match => new DroppedMatch(match.Entity, match.Start, match.Length, Names.Of(match.Rejection!.Value)))],
            FailedDetectors = verdict.FailedDetectors,
            UnusedDetectors = [.. Unused(policy)],
            NotLookedFor = policy.Unasked.Entities,
        };
    }

    private static string Summary(Verdict verdict, ExplainedFinding[] findings)
    {
        string because = string.Join("; ", findings.SelectMany(finding => finding.Rules.Where(rule => rule.Takes).Select(rule => string.Create(
            CultureInfo.InvariantCulture,
            $"rule {rule.Id} ({rule.Action}{(rule.IsShadow ? ", shadow" : "")}) took {finding.Category} at {finding.Start}, length {finding.Length}, score {finding.Score:0.00}, threshold {rule.Threshold:0.00}"))));
        string failed = verdict.FailedDetectors.Count == 0 ? "" : $" These detectors failed: {string.Join(", ", verdict.FailedDetectors)}.";
        return verdict.Outcome switch
        {
            Outcome.Unjudged => $"Not passed, because it could not be judged.{failed}",
            Outcome.Blocked => $"Not passed: {because}.{failed}",
            Outcome.Modified => $"Passed with parts replaced: {because}.{failed}",
            _ => findings.Length == 0 ? $"Passed as it is: no rule took anything.{failed}" : $"Passed as it is: {because}.{failed}",
        };
    }

    private static List<ExplainedRule> Rules(Policy policy, Direction direction, Finding finding) =>
        [.. policy.Fits(direction, finding).Select(fit => new ExplainedRule(fit.RuleId, Names.Of(fit.Action), fit.MinScore, fit.IsShadow, fit.Miss is null, fit.Miss switch
        {
            RuleMiss.ScoreTooLow => "the score is below the threshold",
            RuleMiss.OtherDirection => $"the rule is not for {Names.Of(direction)}",
            _ => null,
        }))];

    /// <summary>Of each way to read the text, the label that scored highest in it.</summary>
    private static IEnumerable<ExplainedReading> Readings(GuardPipeline pipeline, string text, Direction direction, CancellationToken cancellationToken)
    {
        try
        {
            return pipeline.ExplainHarm(GuardText.From(text), direction, cancellationToken).GroupBy(window => window.Surface).Select(surface =>
            {
                (ExplainedWindow window, LabelScore top) = surface.SelectMany(window => window.Scores.Select(score => (window, score))).MaxBy(seen => seen.score.Score);
                return new ExplainedReading(surface.Key, window.Start, window.Length, top.Label, Rounded(top.Score));
            });
        }
        catch (DetectionException)
        {
            return []; // the verdict says so
        }
    }

    private static string SurfaceOf(string text, Finding finding)
    {
        string found = text.Substring(finding.Start, finding.Length);
        return GuardText.From(found).Surface == found ? "plain" : "folded";
    }

    private static IEnumerable<string> Unused(Policy policy)
    {
        if (policy.Harm is null)
        {
            yield return "harm";
        }

        if (policy.Ner is null)
        {
            yield return "ner";
        }
    }

    private static double Rounded(double score) => Math.Round(score, 4);
}
