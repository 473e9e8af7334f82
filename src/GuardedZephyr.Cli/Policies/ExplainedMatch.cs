using System.Globalization;
using System.Text.Json.Serialization;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

/// <summary>One match of a recognizer's pattern, or what another detector found; how its score came to be and what the rules make of it.</summary>
internal sealed record ExplainedMatch
{
    public required string Detector { get; init; }

    public required string Entity { get; init; }

    /// <summary>Null, as is all else that leads to the score, of a finding of another detector: it gives no reasons.</summary>
    public string? Pattern { get; init; }

    public required int Start { get; init; }

    public required int Length { get; init; }

    /// <summary>Null when no text is to be shown.</summary>
    public required string? Excerpt { get; init; }

    public double? BaseScore { get; init; }

    public string? Validator { get; init; }

    /// <summary>What the validator said: valid, undecided or invalid; null when none was asked.</summary>
    public string? Validity { get; init; }

    public ContextWord? Context { get; init; }

    public ContextWord? NegativeContext { get; init; }

    /// <summary>Null when the match was dropped.</summary>
    public required double? Score { get; init; }

    /// <summary>Whether a rule takes it.</summary>
    [JsonPropertyName("taken")]
    public required bool IsTaken { get; init; }

    /// <summary>Ids of the rules that take it.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Which rule takes it and what that does, or why none does.</summary>
    public required string Reason { get; init; }

    /// <param name="text">Null when no text is to be shown.</param>
    public static ExplainedMatch Of(PiiExplanation match, Policy policy, Direction direction, string? text)
    {
        var finding = new Finding(match.Entity, match.Start, match.Length, match.Score ?? 0, policy.Unasked.Name);
        var judged = Of(finding, match.Rejection is null ? policy.Fits(direction, finding) : [], direction, text);
        return judged with
        {
            Pattern = match.Pattern,
            BaseScore = match.BaseScore,
            Validator = match.Validator,
            Validity = match.Validity is { } validity ? Names.Of(validity) : null,
            Context = ContextWord.Of(match.Context),
            NegativeContext = ContextWord.Of(match.NegativeContext),
            Score = match.Score is null ? null : judged.Score,
            Reason = match.Rejection is { } rejection ? Dropped(match, rejection) : judged.Reason,
        };
    }

    /// <inheritdoc cref="Of(PiiExplanation, Policy, Direction, string?)"/>
    public static ExplainedMatch Of(Finding finding, Policy policy, Direction direction, string? text) =>
        Of(finding, policy.Fits(direction, finding), direction, text);

    private static ExplainedMatch Of(Finding finding, IReadOnlyList<RuleFit> fits, Direction direction, string? text)
    {
        var taking = fits.Where(fit => fit.Miss is null).ToArray();
        return new ExplainedMatch
        {
            Detector = finding.Detector,
            Entity = finding.Category,
            Start = finding.Start,
            Length = finding.Length,
            Excerpt = text?.Substring(finding.Start, finding.Length),
            Score = Math.Round(finding.Score, 4),
            IsTaken = taking.Length > 0,
            Rules = [.. taking.Select(fit => fit.RuleId)],
            Reason = taking.Length > 0 ? $"taken by {string.Join(", ", taking.Select(fit => $"{fit.RuleId} ({Names.Of(fit.Action)}{(fit.IsShadow ? ", shadow" : "")})"))}"
                : fits.Count == 0 ? $"no rule is for {finding.Category}"
                : string.Join("; ", fits.Select(fit => Missed(fit, finding.Score, direction))),
        };
    }

    private static string Dropped(PiiExplanation match, PiiRejection rejection) => rejection switch
    {
        PiiRejection.TooFewDigits => $"it holds fewer than {match.MinDigits} digits",
        PiiRejection.LacksCharacter => "it holds none of the characters that the recognizer asks for",
        PiiRejection.LacksLiteral => "none of the literals that the recognizer asks for stands in it or within 60 characters of it",
        PiiRejection.RunTooShort => "it has white space where the recognizer asks for a longer run without",
        PiiRejection.Allowed => "it is on the policy's allow list",
        PiiRejection.Invalid => $"validator {match.Validator} drops it: a wrong check digit, or no number of this kind",
        PiiRejection.NeedsContext => "it counts only beside a context word, and none stands within 5 words and 60 characters",
        _ => string.Create(CultureInfo.InvariantCulture, $"{match.DominatedBy!.Value.Category} at {match.DominatedBy.Value.Start}, length {match.DominatedBy.Value.Length}, covers it with score {match.DominatedBy.Value.Score:0.00}"),
    };

    private static string Missed(RuleFit fit, double score, Direction direction) => fit.Miss == RuleMiss.OtherDirection
        ? $"rule {fit.RuleId} is not for {Names.Of(direction)}"
        : string.Create(CultureInfo.InvariantCulture, $"score {score:0.00} is below the {fit.MinScore:0.00} that rule {fit.RuleId} asks for");

    internal sealed record ContextWord(string Phrase, string Side)
    {
        public static ContextWord? Of(ContextSupport? support) => support is { } found ? new ContextWord(found.Phrase, found.IsBefore ? "before" : "behind") : null;
    }
}
