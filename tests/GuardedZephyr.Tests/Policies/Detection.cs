using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

internal static class Detection
{
    /// <summary>The built-in detectors give their findings at once.</summary>
    public static IReadOnlyList<Finding> Find(this IDetector detector, string text)
    {
        var findings = detector.DetectAsync(GuardText.From(text), Direction.Input, TestContext.Current.CancellationToken);
        return findings.IsCompletedSuccessfully ? findings.Result : throw new InvalidOperationException("a detector did not finish at once");
    }

    /// <summary>The text with <c>[ENTITY]</c> in the place of everything that the standard policy has a rule for and finds with a score of at least 0.5.</summary>
    public static string Redacted(string text) => Redacted(ShippedPolicies.Standard.Detectors.OfType<PiiDetector>().Single(), text);

    /// <summary>The text with <c>[ENTITY]</c> in the place of everything that a detector finds with a score of at least 0.5.</summary>
    public static string Redacted(PiiDetector detector, string text)
    {
        var policy = Some.Policy(Some.Rule("all", RuleAction.Redact, [.. detector.Entities]) with { MinScore = 0.5 });
        return Some.Operators(policy).ApplyToRequest(text, policy.Replacements(Direction.Input, detector.Find(text)));
    }

    /// <summary>What a policy makes of a text of a request that stands alone.</summary>
    public static string Enforced(Policy policy, string text) =>
        Some.Operators(policy).ApplyToRequest(text, policy.Replacements(Direction.Input, ShippedPolicies.Pii.Find(text)));

    public static string TextOf(this Finding finding, string text) => text.Substring(finding.Start, finding.Length);
}
