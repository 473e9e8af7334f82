using System.Collections.Frozen;
using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PolicyTighteningTests
{
    private static readonly string[] Categories = ["a", "b", "c"];

    private static readonly Gen<Rule[]> Rules =
        Gen.Select(Gen.OneOf(Enum.GetValues<RuleAction>()), Gen.OneOf(Categories).Array[1, 2], Gen.OneOf(Enum.GetValues<Direction>()).Array[1, 3], Gen.OneOf(0, 0.5, 0.9), Gen.OneOf(Enum.GetValues<RuleMode>())).Array[1, 5]
            .Select(drawn => drawn.Select((rule, index) => Some.Rule($"{index}", rule.Item1, rule.Item2) with { On = rule.Item3.ToFrozenSet(), MinScore = rule.Item4, Mode = rule.Item5 }).ToArray());

    private static readonly Gen<Finding[]> Findings = Gen.Select(Gen.OneOf(Categories), Gen.Int[0, 5], Gen.OneOf(0.3, 0.6, 1.0)).Array[0, 4]
        .Select(drawn => drawn.Select(finding => Some.Finding(finding.Item1, finding.Item2, 2, finding.Item3)).ToArray());

    [Fact]
    public void Two_policies_together_are_never_milder_than_either() => Gen.Select(Rules, Rules, Findings, Gen.OneOf(Enum.GetValues<Direction>()), Gen.Bool, Gen.Bool).Sample((mine, its, findings, direction, failed, lenient) =>
    {
        var (policy, other) = (Some.Policy(mine), With(its, lenient ? OnFault.Allow : OnFault.Block));
        string[] failures = failed ? ["x"] : [];

        var together = policy.TightenedBy(other);

        var verdict = together.Decide(direction, findings, failures);
        foreach (var alone in new[] { policy, other })
        {
            var expected = alone.Decide(direction, findings, failures);
            Assert.True(expected.Passes || !verdict.Passes);
            Assert.True(verdict.Action >= expected.Action || (expected.Outcome == Outcome.Unjudged && !verdict.Passes));
            Assert.All(findings, finding => Assert.True(together.ActionOn(direction, finding) >= alone.ActionOn(direction, finding)));
            Assert.All(Categories, category => Assert.True(alone.MayRestore(category) || !together.MayRestore(category)));
        }
    }, iter: 2000);

    [Fact]
    public void It_is_told_whose_rule_matched_and_which_policies_judged()
    {
        var rule = Some.Rule("r", RuleAction.Respond, "a") with { On = [Direction.Input] };

        var together = Some.Policy(rule).TightenedBy(With([rule], OnFault.Block));

        Assert.Equal("some+other", together.Identity.Name);
        Assert.Matches("^[0-9a-f]{64}$", together.Identity.Sha256);
        var verdict = together.Decide(Direction.Input, [Some.Finding("a")], []);
        Assert.Equal(["r", "other:r"], verdict.Rules);
        Assert.Equal("Help.", together.ReplyFor(verdict));
        Assert.Equal("Its help.", together.ReplyFor(verdict with { Response = "other:crisis" }));
    }

    [Fact]
    public async Task A_detector_of_either_policy_finds_for_both_and_one_of_both_runs_once()
    {
        var shared = new CountingDetector("shared", Some.Finding("a"));
        IDetector[] mine = [shared, new CountingDetector("own", Some.Finding("a"), Some.Finding("b"))];
        IDetector[] its = [shared, new CountingDetector("own", Some.Finding("b"), Some.Finding("c"))];

        var joined = PolicyTightening.Joined([.. mine, .. its]);

        Assert.Equal(["shared", "own"], joined.Select(detector => detector.Name));
        Assert.Equal(["a", "b", "c"], (await joined[1].DetectAsync(GuardText.From("x"), Direction.Input, TestContext.Current.CancellationToken)).Select(finding => finding.Category));
        await joined[0].DetectAsync(GuardText.From("x"), Direction.Input, TestContext.Current.CancellationToken);
        Assert.Equal(1, shared.Runs);
    }

    private static Policy With(Rule[] rules, OnFault onFault) => new()
    {
        Identity = new PolicyIdentity("other", 2, "11"),
        OnFault = onFault,
        Responses = new Dictionary<string, string> { ["refusal"] = "Its no.", ["unjudged"] = "Its unchecked.", ["crisis"] = "Its help." },
        Rules = rules,
    };

    private sealed class CountingDetector(string name, params Finding[] findings) : IDetector
    {
        public int Runs { get; private set; }

        public string Name => name;

        public int? Reach => 3;

        public ValueTask<IReadOnlyList<Finding>> DetectAsync(GuardText text, Direction direction, CancellationToken cancellationToken)
        {
            Runs++;
            return ValueTask.FromResult<IReadOnlyList<Finding>>(findings);
        }
    }
}
