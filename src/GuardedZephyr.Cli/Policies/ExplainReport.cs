using System.Text.Json.Serialization;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

/// <summary>What the recognizers and the other detectors of spans make of a text, and why. Offsets are UTF-16 code units of the text.</summary>
internal sealed record ExplainReport
{
    /// <summary>How many recognizers that a value is too short for are named.</summary>
    private const int NearestMisses = 3;

    public required string Policy { get; init; }

    public required string Direction { get; init; }

    /// <summary>By offset.</summary>
    public required IReadOnlyList<ExplainedMatch> Matches { get; init; }

    /// <summary>Parts with digits or an at sign that no rule takes; or the parts that were asked for.</summary>
    public required IReadOnlyList<ExplainedPart> Parts { get; init; }

    /// <summary>What the harm classifier gave the text's windows; empty without a classifier, and when it could not judge the text.</summary>
    public IReadOnlyList<WindowLine> Windows { get; init; } = [];

    /// <param name="value">Explain what stands where this stands in the text; all of the text when null.</param>
    /// <param name="withText">Whether the report may show parts of the text.</param>
    /// <param name="found">What the detectors of spans find; of the recognizers more is known.</param>
    public static ExplainReport Of(Policy policy, string text, Direction direction, IReadOnlyList<Finding> found, string? value, bool withText)
    {
        PiiDetector[] detectors = [.. policy.Detectors.OfType<PiiDetector>(), policy.Unasked];
        var guarded = GuardText.From(text);
        var all = detectors.SelectMany(detector => detector.Explain(guarded))
            .Select(match => ExplainedMatch.Of(match, policy, direction, withText ? text : null))
            .Concat(found.Where(finding => finding.Detector != policy.Unasked.Name).Select(finding => ExplainedMatch.Of(finding, policy, direction, withText ? text : null)))
            .OrderBy(match => match.Start)
            .ToArray();
        var spans = value is null ? OpenParts.Of(guarded, all.Where(match => match.IsTaken)) : Occurrences(text, value);
        var parts = spans.Select(span => PartOf(span, all, detectors, text, withText)).ToArray();
        return new ExplainReport
        {
            Policy = $"{policy.Identity.Name} v{policy.Identity.Version}",
            Direction = Names.Of(direction),
            Matches = value is null ? all : [.. all.Where(match => parts.Any(part => part.Overlaps(match)))],
            Parts = parts,
        };
    }

    private static IEnumerable<(int Start, int Length)> Occurrences(string text, string value)
    {
        for (var start = text.IndexOf(value, StringComparison.Ordinal); start >= 0; start = text.IndexOf(value, start + value.Length, StringComparison.Ordinal))
        {
            yield return (start, value.Length);
        }
    }

    private static ExplainedPart PartOf((int Start, int Length) span, IReadOnlyList<ExplainedMatch> all, IEnumerable<PiiDetector> detectors, string text, bool withText)
    {
        var excerpt = text.Substring(span.Start, span.Length);
        var part = new ExplainedPart(span.Start, span.Length, withText ? excerpt : null, IsTaken: false, []);
        ExplainedMatch[] near = [.. all.Where(part.Overlaps)];
        if (near.Any(match => match.IsTaken))
        {
            return part with { IsTaken = true };
        }

        string[] reasons =
        [
            .. near.Select(match => $"{match.Entity} ({match.Pattern ?? match.Detector}): {match.Reason}"),
            .. detectors.SelectMany(detector => detector.PrefilterMisses(excerpt)).Where(miss => miss.Digits < miss.MinDigits && miss.Digits > 0).Take(NearestMisses)
                .Select(miss => $"{miss.Entity}: has {miss.Digits} digits, needs at least {miss.MinDigits}"),
        ];
        return part with { Reasons = reasons.Length > 0 ? [.. reasons.Distinct()] : ["no pattern of any recognizer matches here"] };
    }
}

/// <summary>A part of the text that may hold personal data.</summary>
/// <param name="Excerpt">Null when no text is to be shown.</param>
/// <param name="IsTaken">Whether a rule takes something in it.</param>
/// <param name="Reasons">Why not.</param>
internal sealed record ExplainedPart(int Start, int Length, string? Excerpt, [property: JsonPropertyName("taken")] bool IsTaken, IReadOnlyList<string> Reasons)
{
    public bool Overlaps(ExplainedMatch match) => match.Start < Start + Length && Start < match.Start + match.Length;
}
