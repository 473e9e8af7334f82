using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class ShadowRuleTests
{
    private static readonly Rule Flag = Some.Rule("flag", RuleAction.Flag, "a");
    private static readonly Rule ShadowBlock = Some.Rule("would-block", RuleAction.Block, "b") with { Mode = RuleMode.Shadow };

    [Fact]
    public void A_shadow_rule_that_blocks_shows_the_outcome_that_it_would_have_had()
    {
        var verdict = Some.Policy(Flag, ShadowBlock).Decide(Direction.Input, [Some.Finding("a"), Some.Finding("b")], []);

        Assert.Equal((Outcome.Allowed, RuleAction.Flag), (verdict.Outcome, verdict.Action));
        Assert.Equal(["flag"], verdict.Rules);
        Assert.Equal(["would-block"], verdict.ShadowRules);
        Assert.Equal(new ShadowVerdict(Outcome.Blocked, RuleAction.Block), verdict.Shadow);
    }

    [Fact]
    public void Enforced_rules_count_in_what_would_have_been()
    {
        var block = Some.Rule("block", RuleAction.Block, "a");
        var shadow = Some.Rule("would-flag", RuleAction.Flag, "b") with { Mode = RuleMode.Shadow };

        var verdict = Some.Policy(block, shadow).Decide(Direction.Input, [Some.Finding("a"), Some.Finding("b")], []);

        Assert.Equal(new ShadowVerdict(Outcome.Blocked, RuleAction.Block), verdict.Shadow);
    }

    [Fact]
    public void A_text_that_no_shadow_rule_matches_has_no_shadow_verdict() =>
        Assert.Null(Some.Policy(Flag, ShadowBlock).Decide(Direction.Input, [Some.Finding("a")], []).Shadow);
}
