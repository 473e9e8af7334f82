using System.Globalization;
using System.Text.Json.Serialization;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

/// <summary>One match of a recognizer's pattern, how its score came to be and what the rules make of it.</summary>
internal sealed record ExplainedMatch
{
    public required string Entity { get; init; }

    public required string Pattern { get; init; }

    public required int Start { get; init; }

    public required int Length { get; init; }

    /// <summary>Null when no text is to be shown.</summary>
    public required string? Excerpt { get; init; }

    public required double BaseScore { get; init; }

    public required string? Validator { get; init; }

    /// <summary>What the validator said: valid, undecided or invalid; null when none was asked.</summary>
    public required string? Validity { get; init; }

    public required ContextWord? Context { get; init; }

    public required ContextWord? NegativeContext { get; init; }

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
        IReadOnlyList<RuleFit> fits = match is { Rejection: null, Score: { } score }
            ? policy.Fits(direction, new Finding(match.Entity, match.Start, match.Length, score, ""))
            : [];
        var taking = fits.Where(fit => fit.Miss is null).ToArray();
        return new ExplainedMatch
        {
            Entity = match.Entity,
            Pattern = match.Pattern,
            Start = match.Start,
            Length = match.Length,
            Excerpt = text?.Substring(match.Start, match.Length),
            BaseScore = match.BaseScore,
            Validator = match.Validator,
            Validity = match.Validity is { } validity ? Names.Of(validity) : null,
            Context = ContextWord.Of(match.Context),
            NegativeContext = ContextWord.Of(match.NegativeContext),
            Score = match.Score is { } final ? Math.Round(final, 4) : null,
            IsTaken = taking.Length > 0,
            Rules = [.. taking.Select(fit => fit.RuleId)],
            Reason = match.Rejection is { } rejection ? Dropped(match, rejection)
                : taking.Length > 0 ? $"taken by {string.Join(", ", taking.Select(fit => $"{fit.RuleId} ({Names.Of(fit.Action)}{(fit.IsShadow ? ", shadow" : "")})"))}"
                : fits.Count == 0 ? $"no rule is for {match.Entity}"
                : string.Join("; ", fits.Select(fit => Missed(fit, match.Score!.Value, direction))),
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
