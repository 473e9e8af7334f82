using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class PolicyDecisionTests
{
    private static readonly Rule Block = Some.Rule("block", RuleAction.Block, "hate");
    private static readonly Rule Respond = Some.Rule("respond", RuleAction.Respond, "self-harm");
    private static readonly Rule Redact = Some.Rule("redact", RuleAction.Redact, "EMAIL_ADDRESS");
    private static readonly Rule Hash = Some.Rule("hash", RuleAction.Hash, "IBAN_CODE");
    private static readonly Rule Mask = Some.Rule("mask", RuleAction.Mask, "CREDIT_CARD");
    private static readonly Rule Pseudonymise = Some.Rule("pseudonymise", RuleAction.Pseudonymise, "PHONE_NUMBER");
    private static readonly Rule Flag = Some.Rule("flag", RuleAction.Flag, "control-token");
    private static readonly Rule Allow = Some.Rule("allow", RuleAction.Allow, "joke");
    private static readonly Policy Policy = Some.Policy(Allow, Flag, Pseudonymise, Mask, Hash, Redact, Respond, Block);

    [Theory]
    [InlineData("", Outcome.Allowed, RuleAction.Allow, "")]
    [InlineData("joke", Outcome.Allowed, RuleAction.Allow, "allow")]
    [InlineData("joke control-token", Outcome.Allowed, RuleAction.Flag, "allow flag")]
    [InlineData("EMAIL_ADDRESS control-token", Outcome.Modified, RuleAction.Redact, "flag redact")]
    [InlineData("PHONE_NUMBER control-token", Outcome.Modified, RuleAction.Pseudonymise, "flag pseudonymise")]
    [InlineData("PHONE_NUMBER CREDIT_CARD", Outcome.Modified, RuleAction.Mask, "pseudonymise mask")]
    [InlineData("IBAN_CODE CREDIT_CARD", Outcome.Modified, RuleAction.Hash, "mask hash")]
    [InlineData("IBAN_CODE EMAIL_ADDRESS", Outcome.Modified, RuleAction.Redact, "hash redact")]
    [InlineData("EMAIL_ADDRESS self-harm", Outcome.Blocked, RuleAction.Respond, "redact respond")]
    [InlineData("hate self-harm EMAIL_ADDRESS joke", Outcome.Blocked, RuleAction.Block, "allow redact respond block")]
    [InlineData("unheard-of", Outcome.Allowed, RuleAction.Allow, "")]
    public void Most_severe_rule_decides_and_all_that_match_are_named(string categories, Outcome outcome, RuleAction action, string rules)
    {
        var findings = Words(categories).Select(category => Some.Finding(category)).ToArray();

        var verdict = Policy.Decide(Direction.Input, findings, []);

        Assert.Equal((outcome, action), (verdict.Outcome, verdict.Action));
        Assert.Equal(Words(rules), verdict.Rules);
        Assert.Equal(outcome is Outcome.Allowed or Outcome.Modified, verdict.Passes);
    }

    [Fact]
    public void Earlier_of_two_answers_is_given()
    {
        var policy = Some.Policy(Respond with { Id = "first", Response = "refusal" }, Respond);

        var verdict = policy.Decide(Direction.Input, [Some.Finding("self-harm")], []);

        Assert.Equal("refusal", verdict.Response);
        Assert.Equal("No.", policy.ReplyFor(verdict));
    }

    [Fact]
    public void Answer_is_named_only_when_it_is_given()
    {
        Assert.Equal("crisis", Policy.Decide(Direction.Input, [Some.Finding("self-harm")], []).Response);
        Assert.Null(Policy.Decide(Direction.Input, [Some.Finding("self-harm"), Some.Finding("hate")], []).Response);
    }

    [Fact]
    public void Rule_holds_on_its_ways_and_from_its_score_on()
    {
        var policy = Some.Policy(Block with { On = [Direction.Tool], MinScore = 0.6 });

        Assert.Equal(Outcome.Blocked, policy.Decide(Direction.Tool, [Some.Finding("hate", score: 0.6)], []).Outcome);
        Assert.Equal(Outcome.Allowed, policy.Decide(Direction.Tool, [Some.Finding("hate", score: 0.59)], []).Outcome);
        Assert.Equal(Outcome.Allowed, policy.Decide(Direction.Input, [Some.Finding("hate", score: 0.9)], []).Outcome);
    }

    [Fact]
    public void Shadow_rule_is_recorded_and_changes_nothing()
    {
        var verdict = Some.Policy(Block with { Mode = RuleMode.Shadow }, Flag).Decide(Direction.Input, [Some.Finding("hate"), Some.Finding("control-token")], []);

        Assert.Equal((Outcome.Allowed, RuleAction.Flag), (verdict.Outcome, verdict.Action));
        Assert.Equal(["block"], verdict.ShadowRules);
        Assert.Equal(["flag"], verdict.Rules);
        Assert.Equal(["hate", "control-token"], verdict.Findings.Select(finding => finding.Category));
    }

    [Fact]
    public void Verdict_keeps_the_matched_findings_by_offset_and_the_highest_score_of_each_category()
    {
        var policy = Some.Policy(Redact with { MinScore = 0.5 });

        var verdict = policy.Decide(
            Direction.Input,
            [Some.Finding("EMAIL_ADDRESS", 9, 1, 0.9), Some.Finding("EMAIL_ADDRESS", 3, 1, 0.6), Some.Finding("EMAIL_ADDRESS", 0, 1, 0.4), Some.Finding("joke", score: 0.3)],
            []);

        Assert.Equal([3, 9], verdict.Findings.Select(finding => finding.Start));
        Assert.Equal(new Dictionary<string, double> { ["EMAIL_ADDRESS"] = 0.9, ["joke"] = 0.3 }, verdict.Scores);
    }

    [Fact]
    public void Failed_detector_leaves_the_text_unjudged()
    {
        var verdict = Policy.Decide(Direction.Input, [Some.Finding("EMAIL_ADDRESS")], ["harm"]);

        Assert.Equal((Outcome.Unjudged, RuleAction.Block), (verdict.Outcome, verdict.Action));
        Assert.Equal(["harm"], verdict.FailedDetectors);
        Assert.Equal(["redact"], verdict.Rules);
        Assert.False(verdict.Passes);
        Assert.Equal("Unchecked.", Policy.ReplyFor(verdict));
    }

    [Theory]
    [InlineData("hate", RuleAction.Block, "No.")]
    [InlineData("self-harm", RuleAction.Respond, "Help.")]
    public void Rule_that_stops_the_text_goes_before_a_failed_detector(string category, RuleAction action, string reply)
    {
        var verdict = Policy.Decide(Direction.Input, [Some.Finding(category)], ["pii"]);

        Assert.Equal((Outcome.Blocked, action), (verdict.Outcome, verdict.Action));
        Assert.Equal(["pii"], verdict.FailedDetectors);
        Assert.Equal(reply, Policy.ReplyFor(verdict));
    }

    [Fact]
    public void Failed_detector_is_listed_where_the_policy_lets_it_pass()
    {
        var lenient = new Policy { Identity = Policy.Identity, Responses = Policy.Responses, OnFault = OnFault.Allow, Rules = [Redact] };

        var verdict = lenient.Decide(Direction.Input, [Some.Finding("EMAIL_ADDRESS")], ["harm"]);

        Assert.Equal(Outcome.Modified, verdict.Outcome);
        Assert.Equal(["harm"], verdict.FailedDetectors);
    }

    [Theory]
    [InlineData(OnFault.Block, OnFault.Allow, "pii", Outcome.Allowed)]
    [InlineData(OnFault.Block, OnFault.Allow, "harm", Outcome.Unjudged)]
    [InlineData(OnFault.Allow, OnFault.Block, "pii", Outcome.Unjudged)]
    [InlineData(OnFault.Allow, OnFault.Block, "harm", Outcome.Allowed)]
    [InlineData(OnFault.Block, null, "pii", Outcome.Unjudged)]
    [InlineData(OnFault.Allow, null, "pii", Outcome.Allowed)]
    public void A_rules_own_on_fault_goes_before_the_policys_where_its_detector_fails(OnFault policys, OnFault? rules, string failed, Outcome expected) =>
        Assert.Equal(expected, WithFaults(policys, Redact with { OnFault = rules, Detectors = ["pii"] }).Decide(Direction.Input, [], [failed]).Outcome);

    [Fact]
    public void Of_the_rules_that_a_failed_detector_serves_the_strictest_decides()
    {
        var lenient = Redact with { OnFault = OnFault.Allow, Detectors = ["pii"] };
        var strict = Redact with { OnFault = OnFault.Block, Detectors = ["pii"], On = [Direction.Output] };
        var policy = WithFaults(OnFault.Allow, lenient, strict);

        Assert.Equal(Outcome.Allowed, policy.Decide(Direction.Input, [], ["pii"]).Outcome);
        Assert.Equal(Outcome.Unjudged, policy.Decide(Direction.Output, [], ["pii"]).Outcome);
    }

    [Fact]
    public void Nothing_is_said_in_place_of_a_text_that_passes() =>
        Assert.Throws<ArgumentException>(() => Policy.ReplyFor(Policy.Decide(Direction.Input, [], [])));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Policy WithFaults(OnFault onFault, params Rule[] rules) => new() { Identity = Policy.Identity, Responses = Policy.Responses, OnFault = onFault, Rules = rules };
}
