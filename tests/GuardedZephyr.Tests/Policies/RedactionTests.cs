using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class RedactionTests
{
    private static readonly Policy Policy = Some.Policy(Some.Rule("redact", RuleAction.Redact, "A", "B", "C"), Some.Rule("flag", RuleAction.Flag, "D"));

    [Fact]
    public void Nothing_to_replace_gives_the_same_instance()
    {
        var text = new string('x', 3);

        Assert.Same(text, Redaction.Apply(text, Policy.Redactions(Direction.Input, [Some.Finding("D")])));
    }

    [Fact]
    public void Overlapping_findings_become_one_span_that_covers_them_all()
    {
        Finding[] findings = [Some.Finding("A", 2, 4, 0.6), Some.Finding("B", 5, 6, 0.9), Some.Finding("C", 3, 1, 0.7), Some.Finding("A", 20, 2)];

        Assert.Equal([new Redaction(2, 9, "B"), new Redaction(20, 2, "A")], Policy.Redactions(Direction.Input, findings));
    }

    [Fact]
    public void Equally_sure_findings_are_named_by_the_longest_then_by_the_first()
    {
        Assert.Equal([new Redaction(0, 6, "B")], Policy.Redactions(Direction.Input, [Some.Finding("A", 0, 3), Some.Finding("B", 2, 4)]));
        Assert.Equal([new Redaction(0, 5, "A")], Policy.Redactions(Direction.Input, [Some.Finding("A", 0, 3), Some.Finding("B", 2, 3)]));
    }

    [Fact]
    public void Findings_side_by_side_stay_apart()
    {
        var redactions = Policy.Redactions(Direction.Input, [Some.Finding("A", 0, 2), Some.Finding("B", 2, 2)]);

        Assert.Equal("[A][B]!", Redaction.Apply("aabb!", redactions));
    }

    [Fact]
    public void Rule_of_another_way_or_in_shadow_or_with_a_higher_score_replaces_nothing()
    {
        var elsewhere = Some.Rule("elsewhere", RuleAction.Redact, "A") with { On = [Direction.Output] };
        var shadow = Some.Rule("shadow", RuleAction.Redact, "A") with { Mode = RuleMode.Shadow };
        var strict = Some.Rule("strict", RuleAction.Redact, "A") with { MinScore = 0.8 };

        Assert.Empty(Some.Policy(elsewhere, shadow, strict).Redactions(Direction.Input, [Some.Finding("A", score: 0.7)]));
    }

    [Fact]
    public void Redactions_are_sorted_apart_and_cover_every_character_of_every_finding() =>
        Gen.Select(Gen.OneOf("A", "B", "C"), Gen.Int[0, 50], Gen.Int[1, 12], Gen.Double[0, 1], (category, start, length, score) => Some.Finding(category, start, length, score))
            .Array[0, 20].Sample(findings =>
            {
                var redactions = Policy.Redactions(Direction.Output, findings);

                Assert.All(redactions.Zip(redactions.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
                for (var i = 0; i < 70; i++)
                {
                    Assert.Equal(findings.Any(finding => finding.Start <= i && i < finding.End), redactions.Any(redaction => redaction.Start <= i && i < redaction.End));
                }
            });

    [Fact]
    public void Redacted_text_holds_none_of_the_planted_values() =>
        Gen.Select(SomeText.Filler, SomeText.PersonalData, (filler, planted) => (Text: $"{filler} {planted.Value}", planted.Value)).Array[1, 12].Sample(pieces =>
        {
            var redacted = Detection.Redacted(string.Join("; ", pieces.Select(piece => piece.Text)));

            Assert.All(pieces, piece => Assert.DoesNotContain(piece.Value, redacted, StringComparison.Ordinal));
        });
}
