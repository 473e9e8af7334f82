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

    /// <summary>What the standard policy makes of a text.</summary>
    public static string Redacted(string text) =>
        Redaction.Apply(text, ShippedPolicies.Standard.Redactions(Direction.Input, ShippedPolicies.Pii.Find(text)));

    public static string TextOf(this Finding finding, string text) => text.Substring(finding.Start, finding.Length);
}
