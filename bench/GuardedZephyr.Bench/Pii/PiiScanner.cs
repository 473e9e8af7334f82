using GuardedZephyr.Policies;

namespace GuardedZephyr.Bench;

/// <summary>A policy's detectors of personal data, and what its rules make of their findings.</summary>
internal sealed class PiiScanner
{
    private readonly IDetector[] _detectors;

    /// <param name="policyFile">Its detectors but for the one of control tokens are used; the harm classifier is not loaded.</param>
    public PiiScanner(string policyFile)
    {
        Policy = PolicyFile.Load(policyFile);
        Settings = PiiSettings.Read(policyFile);
        _detectors = [.. Policy.Detectors.Append(Policy.Unasked).Where(detector => detector is not (ControlTokenDetector or PiiDetector { RecognizerCount: 0 }))];
        if (Entities.Count == 0)
        {
            throw new InvalidDataException($"'{policyFile}' has no detector of personal data: detectors.pii is missing.");
        }
    }

    public Policy Policy { get; }

    public PiiSettings Settings { get; }

    /// <summary>The categories that can be found.</summary>
    public IReadOnlyList<string> Entities => [.. _detectors.OfType<PiiDetector>().SelectMany(detector => detector.Entities).Distinct()];

    /// <summary>All findings, whatever their score.</summary>
    public IReadOnlyList<Finding> Find(string text, CancellationToken cancellationToken = default)
    {
        var surface = GuardText.From(text);
        if (_detectors.Length == 1)
        {
            return Wait(_detectors[0].DetectAsync(surface, Direction.Input, cancellationToken));
        }

        return [.. _detectors.SelectMany(detector => Wait(detector.DetectAsync(surface, Direction.Input, cancellationToken)))];
    }

    /// <summary>The findings whose score counts.</summary>
    public IReadOnlyList<Finding> FindSure(string text) => [.. Find(text).Where(finding => finding.Score >= Settings.MinScore)];

    /// <summary>Whether an enforced rule changes or blocks a text that holds these findings.</summary>
    public bool Acts(IReadOnlyList<Finding> findings) => findings.Count > 0 && Policy.Decide(Direction.Input, findings, []).Outcome is Outcome.Modified or Outcome.Blocked;

    /// <summary>What the peers do too: a text goes in, the text without what was found comes out.</summary>
    public string Redact(string text)
    {
        var findings = Find(text);
        return findings.Count == 0 ? text : new Operators(value => value, new Pseudonyms(Policy)).ApplyToRequest(text, Policy.Replacements(Direction.Input, findings));
    }

    private static IReadOnlyList<Finding> Wait(ValueTask<IReadOnlyList<Finding>> finding) =>
        finding.IsCompletedSuccessfully ? finding.Result : finding.AsTask().GetAwaiter().GetResult();
}
