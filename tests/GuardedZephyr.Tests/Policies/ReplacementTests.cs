using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class ReplacementTests
{
    private static readonly Policy Policy = Some.Policy(Some.Rule("redact", RuleAction.Redact, "A", "B", "C"), Some.Rule("flag", RuleAction.Flag, "D"));

    private static readonly Gen<Finding[]> Findings =
        Gen.Select(Gen.OneOf("A", "B", "C", "D"), Gen.Int[0, 50], Gen.Int[1, 12], Gen.Double[0, 1], (category, start, length, score) => Some.Finding(category, start, length, score)).Array[0, 20];

    [Fact]
    public void Overlapping_findings_become_one_span_that_covers_them_all()
    {
        Finding[] findings = [Some.Finding("A", 2, 4, 0.6), Some.Finding("B", 5, 6, 0.9), Some.Finding("C", 3, 1, 0.7), Some.Finding("A", 20, 2)];

        Assert.Equal([Redacted(2, 9, "B"), Redacted(20, 2, "A")], Policy.Replacements(Direction.Input, findings));
    }

    [Fact]
    public void Equally_sure_findings_are_named_by_the_longest_then_by_the_first()
    {
        Assert.Equal([Redacted(0, 6, "B")], Policy.Replacements(Direction.Input, [Some.Finding("A", 0, 3), Some.Finding("B", 2, 4)]));
        Assert.Equal([Redacted(0, 5, "A")], Policy.Replacements(Direction.Input, [Some.Finding("A", 0, 3), Some.Finding("B", 2, 3)]));
    }

    [Theory]
    [InlineData(RuleAction.Pseudonymise, RuleAction.Mask)]
    [InlineData(RuleAction.Mask, RuleAction.Hash)]
    [InlineData(RuleAction.Hash, RuleAction.Redact)]
    [InlineData(RuleAction.Pseudonymise, RuleAction.Redact)]
    public void Span_of_several_findings_takes_the_most_severe_operator_and_the_name_of_the_surest(RuleAction mild, RuleAction severe)
    {
        var policy = Some.Policy(Some.Rule("mild", mild, "A"), Some.Rule("severe", severe, "B"));

        Assert.Equal([new Replacement(0, 6, "A", severe)], policy.Replacements(Direction.Input, [Some.Finding("A", 0, 4), Some.Finding("B", 3, 3, 0.6)]));
        Assert.Equal([new Replacement(0, 6, "A", severe)], policy.Replacements(Direction.Input, [Some.Finding("B", 0, 4, 0.6), Some.Finding("A", 3, 3)]));
    }

    [Fact]
    public void Finding_takes_the_most_severe_operator_of_the_rules_that_match_it_and_of_two_alike_the_earlier()
    {
        var mask = Some.Rule("mask", RuleAction.Mask, "A") with { KeepLast = 2 };
        var policy = Some.Policy(Some.Rule("pseudonymise", RuleAction.Pseudonymise, "A"), mask, mask with { KeepLast = 1 });

        Assert.Equal([new Replacement(0, 3, "A", RuleAction.Mask, KeepLast: 2)], policy.Replacements(Direction.Input, [Some.Finding("A", 0, 3)]));
    }

    [Fact]
    public void Of_two_masks_over_one_place_the_one_that_leaves_less_is_taken()
    {
        var policy = Some.Policy(Some.Rule("a", RuleAction.Mask, "A") with { KeepLast = 4 }, Some.Rule("b", RuleAction.Mask, "B"));

        Assert.Equal([new Replacement(0, 6, "A", RuleAction.Mask)], policy.Replacements(Direction.Input, [Some.Finding("A", 0, 4), Some.Finding("B", 3, 3, 0.6)]));
        Assert.Equal([new Replacement(0, 6, "A", RuleAction.Mask)], policy.Replacements(Direction.Input, [Some.Finding("B", 0, 4, 0.6), Some.Finding("A", 3, 3)]));
    }

    [Fact]
    public void Rule_of_another_way_or_in_shadow_or_with_a_higher_score_replaces_nothing()
    {
        var elsewhere = Some.Rule("elsewhere", RuleAction.Redact, "A") with { On = [Direction.Output] };
        var shadow = Some.Rule("shadow", RuleAction.Redact, "A") with { Mode = RuleMode.Shadow };
        var strict = Some.Rule("strict", RuleAction.Redact, "A") with { MinScore = 0.8 };

        Assert.Empty(Some.Policy(elsewhere, shadow, strict).Replacements(Direction.Input, [Some.Finding("A", score: 0.7)]));
    }

    [Fact]
    public void Replacements_are_sorted_apart_and_cover_every_character_that_some_rule_changes() =>
        Gen.Select(Findings, SomeRules.OfEveryAction("A", "B", "C")).Sample((findings, rules) =>
        {
            var policy = Some.Policy([.. rules, Some.Rule("flag", RuleAction.Flag, "D")]);

            var replacements = policy.Replacements(Direction.Output, findings);

            Assert.All(replacements.Zip(replacements.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
            for (var i = 0; i < 70; i++)
            {
                var actions = findings.Where(finding => finding.Start <= i && i < finding.End).Select(finding => policy.ActionOn(Direction.Output, finding)).Where(action => action.ChangesText()).ToArray();
                var covering = replacements.Where(replacement => replacement.Start <= i && i < replacement.End).ToArray();
                Assert.Equal(actions.Length > 0 ? 1 : 0, covering.Length);
                Assert.All(covering, replacement => Assert.All(actions, action => Assert.True(replacement.Action >= action)));
            }
        });

    [Fact]
    public void Redacted_text_holds_none_of_the_planted_values() =>
        Gen.Select(SomeText.Filler, SomeText.PersonalData, (filler, planted) => (Text: $"{filler} {planted.Value}", planted.Value)).Array[1, 12].Sample(pieces =>
        {
            var redacted = Detection.Redacted(string.Join("; ", pieces.Select(piece => piece.Text)));

            Assert.All(pieces, piece => Assert.DoesNotContain(piece.Value, redacted, StringComparison.Ordinal));
        });

    private static Replacement Redacted(int start, int length, string category) => new(start, length, category, RuleAction.Redact);
}
