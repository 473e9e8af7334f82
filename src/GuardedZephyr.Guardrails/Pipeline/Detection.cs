using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>What the detectors said about one text.</summary>
internal sealed record Detection(IReadOnlyList<Finding> Findings, IReadOnlyList<string> FailedDetectors)
{
    public static Detection Nothing { get; } = new([], []);

    /// <summary>Those that were not asked, because the findings block the text whatever they say.</summary>
    public IReadOnlyList<string> SkippedDetectors { get; init; } = [];

    /// <summary>Every detector has answered: the same text would give the same again.</summary>
    public bool IsComplete => FailedDetectors.Count == 0 && SkippedDetectors.Count == 0;

    public Detection And(Detection other) => new([.. Findings, .. other.Findings], [.. FailedDetectors, .. other.FailedDetectors])
    {
        SkippedDetectors = [.. SkippedDetectors, .. other.SkippedDetectors],
    };

    /// <summary>The same findings in the offsets of a text in which this one starts at <paramref name="offset"/>.</summary>
    public Detection Shifted(int offset) => offset == 0 ? this : this with { Findings = [.. Findings.Select(finding => finding with { Start = finding.Start + offset })] };
}
