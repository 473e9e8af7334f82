using System.Text.Json;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

/// <summary>Judges lines by two policies and counts what is not the same. Thread-safe while it counts.</summary>
internal sealed class PolicyDiff(GuardPipeline old, GuardPipeline @new, Direction defaultDirection)
{
    private readonly Lock _lock = new();
    private readonly List<(long Number, JsonElement Id, Outcome From, Outcome To)> _changes = [];
    private readonly Dictionary<string, (long Gained, long Lost)> _rules = [];
    private long _lines;

    /// <param name="number">Of the line, from 1.</param>
    /// <returns>What is wrong with the line; null when it was judged.</returns>
    public async Task<string?> CompareAsync(string line, long number, CancellationToken cancellationToken)
    {
        CheckInput? input;
        try
        {
            input = JsonSerializer.Deserialize(line, CliJson.Default.CheckInput);
        }
        catch (JsonException)
        {
            return "not valid JSON, or of the wrong type";
        }

        if (LineChecker.Texts(input, defaultDirection) is not { } texts)
        {
            return LineChecker.Needs;
        }

        var before = await JudgeAsync(old, texts, cancellationToken);
        var after = await JudgeAsync(@new, texts, cancellationToken);
        Count(before, after, number, input!.Id ?? JsonSerializer.SerializeToElement($"line {number}", CliJson.Default.String));
        return null;
    }

    public PolicyDiffReport Report(PolicyDiffReport.PolicyLine old, PolicyDiffReport.PolicyLine @new, long unreadable, int examples) => new(
        old,
        @new,
        _lines,
        _changes.Count,
        unreadable,
        [
            .. _changes.GroupBy(change => (change.From, change.To)).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => new PolicyDiffReport.Transition(
                Names.Of(group.Key.From), Names.Of(group.Key.To), group.Count(), [.. group.OrderBy(change => change.Number).Take(examples).Select(change => change.Id)])),
        ],
        [.. _rules.OrderByDescending(rule => rule.Value.Gained + rule.Value.Lost).ThenBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => new PolicyDiffReport.RuleCount(rule.Key, rule.Value.Gained, rule.Value.Lost))]);

    private static async Task<List<Judgement>> JudgeAsync(GuardPipeline pipeline, IReadOnlyList<(GuardText Text, Direction Direction)> texts, CancellationToken cancellationToken)
    {
        var judgements = new List<Judgement>();
        var pseudonyms = new Pseudonyms(pipeline.Policy);
        foreach (var (text, direction) in texts)
        {
            judgements.Add(await pipeline.JudgeAsync(text, direction, pseudonyms, cancellationToken));
        }

        return judgements;
    }

    private void Count(List<Judgement> before, List<Judgement> after, long number, JsonElement id)
    {
        string[] rulesBefore = Rules(before), rulesAfter = Rules(after);
        var isSame = rulesBefore.ToHashSet().SetEquals(rulesAfter) && before.Select(Result).SequenceEqual(after.Select(Result));
        lock (_lock)
        {
            _lines++;
            if (isSame)
            {
                return;
            }

            _changes.Add((number, id, before.Max(judgement => judgement.Verdict.Outcome), after.Max(judgement => judgement.Verdict.Outcome)));
            foreach (var rule in rulesAfter.Except(rulesBefore))
            {
                _rules[rule] = _rules.GetValueOrDefault(rule) with { Gained = _rules.GetValueOrDefault(rule).Gained + 1 };
            }

            foreach (var rule in rulesBefore.Except(rulesAfter))
            {
                _rules[rule] = _rules.GetValueOrDefault(rule) with { Lost = _rules.GetValueOrDefault(rule).Lost + 1 };
            }
        }
    }

    private static string[] Rules(List<Judgement> judgements) => [.. judgements.SelectMany(judgement => judgement.Verdict.Rules).Distinct()];

    private static (Outcome, RuleAction, string?, string?) Result(Judgement judgement) =>
        (judgement.Verdict.Outcome, judgement.Verdict.Action, judgement.Verdict.Response, judgement.EnforcedText);
}
