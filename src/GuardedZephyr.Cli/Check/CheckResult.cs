using System.Text.Json;
using System.Text.Json.Serialization;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

/// <summary>An output line.</summary>
internal sealed record CheckResult
{
    public required JsonElement? Id { get; init; }

    public required string Outcome { get; init; }

    public required string Action { get; init; }

    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>What rules in shadow mode would have made of it; absent when none matched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShadowLine? Shadow { get; init; }

    public required IReadOnlyList<FindingLine> Findings { get; init; }

    /// <summary>The highest score of each category; only when asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Scores { get; init; }

    /// <summary>What the harm classifier saw; only when asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WindowLine>? Explain { get; init; }

    /// <summary>The enforced text, of a chat that of its last message; null when something did not pass.</summary>
    public required string? Text { get; init; }

    /// <param name="judgements">One a text; more for a chat.</param>
    public static CheckResult From(JsonElement? id, IReadOnlyList<Judgement> judgements, bool isChat, bool withScores)
    {
        var verdicts = judgements.Select(judgement => judgement.Verdict).ToList();
        var shadow = new ShadowTurn();
        verdicts.ForEach(shadow.Add);
        return new CheckResult
        {
            Id = id,
            Outcome = Names.Of(verdicts.Max(verdict => verdict.Outcome)),
            Action = Names.Of(verdicts.Max(verdict => verdict.Action)),
            Rules = [.. verdicts.SelectMany(verdict => verdict.Rules).Distinct()],
            Findings = [.. verdicts.SelectMany((verdict, index) => verdict.Findings.Select(finding => FindingLine.From(finding, isChat ? index : null)))],
            Shadow = shadow.Report is { } wouldBe ? new ShadowLine(Names.Of(wouldBe.Outcome), Names.Of(wouldBe.Action), wouldBe.Rules) : null,
            Scores = withScores ? MaxByCategory(verdicts) : null,
            Text = verdicts.TrueForAll(verdict => verdict.Passes) ? judgements[^1].EnforcedText : null,
        };
    }

    private static Dictionary<string, double> MaxByCategory(IEnumerable<Verdict> verdicts) => verdicts
        .SelectMany(verdict => verdict.Scores)
        .GroupBy(score => score.Key)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => Math.Round(group.Max(score => score.Value), 4));

    internal sealed record ShadowLine(string Outcome, string Action, IReadOnlyList<string> Rules);

    /// <param name="Message">Index of the chat's message; absent for a single text.</param>
    internal sealed record FindingLine(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Message, string Category, int Start, int Length, double Score, string Detector)
    {
        public static FindingLine From(Finding finding, int? message) =>
            new(message, finding.Category, finding.Start, finding.Length, Math.Round(finding.Score, 4), finding.Detector);
    }
}
