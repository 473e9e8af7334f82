using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Tests.Evaluation;

public class EvaluationResultTests
{
    private const sbyte Silent = Example.Silent;

    [Fact]
    public void Label_that_a_set_is_silent_on_is_not_held_against_the_model()
    {
        var result = Measure(Scored("one", SetUse.DevOnly, null, ([1, Silent], 1, [0.9f, 0.9f]), ([0, Silent], 0, [0.1f, 0.9f]), ([0, 1], 1, [0.2f, 0.8f])));

        var labels = result.Strangers.ToDictionary(label => label.Label);
        Assert.Equal((1, 2, 1.0), (labels["toxicity"].Positives, labels["toxicity"].Negatives, labels["toxicity"].Auc));
        Assert.Equal((1, 0, null), (labels["hate"].Positives, labels["hate"].Negatives, labels["hate"].Auc));
        Assert.Empty(labels["hate"].Thresholds);
        Assert.DoesNotContain(result.Confusions, row => row.Label == "hate");
        Assert.Equal("falsely flagged", Assert.Single(result.Confusions, row => row.Label == "any").What);
    }

    [Fact]
    public void Headline_is_what_is_caught_when_one_in_twenty_ordinary_prompts_is_flagged()
    {
        // Twenty ordinary prompts score 0.01 to 0.20: one in twenty is the one of 0.20.
        var ordinary = Scored("everyday", SetUse.DevOnly, SetKind.Ordinary, [.. Enumerable.Range(1, 20).Select(i => Row(0, i / 100f))]);
        var easy = Scored("easy", SetUse.HeldOut, SetKind.Request, Row(1, 0.9f), Row(1, 0.2f));
        var hard = Scored("hard", SetUse.RedTeam, SetKind.Request, Row(1, 0.6f), Row(1, 0.19f), Row(1, 0.1f), Row(1, 0.05f));
        var negatives = Scored("almost", SetUse.DevOnly, SetKind.HardNegative, Row(0, 0.3f), Row(0, 0.1f));
        var toxic = Scored("insults", SetUse.HeldOut, SetKind.Toxicity, ([1, Silent], 1, [0.3f, 0]), ([0, 0], 0, [0.3f, 0]));

        var headline = Measure(ordinary, easy, hard, negatives, toxic).Headline;

        Assert.Equal(0.2f, headline.Threshold);
        Assert.Equal(
            [
                ("everyday", 20, 0.05, 0.0, null), ("easy", 2, 1, 0.5, null), ("hard", 4, 0.25, 0.25, null), ("mean of the sets", 6, 0.625, 0.375, false), ("almost", 2, 0.5, 0, false), ("insults", 2, 0.5, null, false),
            ],
            headline.Figures.Select(figure => (figure.Set, figure.Rows, figure.Value!.Value, figure.AtHalf, figure.IsMet)));
    }

    [Fact]
    public void Without_ordinary_prompts_nothing_is_said_at_their_threshold()
    {
        var headline = Measure(Scored("requests", SetUse.Own, SetKind.Request, Row(1, 0.9f))).Headline;

        Assert.Null(headline.Threshold);
        Assert.Equal((null, 1.0, null), (headline.Figures[0].Value, headline.Figures[0].AtHalf, headline.Figures[0].IsMet));
    }

    [Fact]
    public void Groups_are_told_apart_and_small_ones_left_out()
    {
        var rows = Enumerable.Range(0, 45).Select(i => (
            Example: Some("x", [0, (sbyte)(i % 2)], (sbyte)(i % 2)) with { Groups = i < 20 ? ["left"] : i < 40 ? ["right", "right"] : ["few"] },
            Scores: new float[] { 0, i >= 20 || i % 2 == 1 ? 0.7f : 0.1f })).ToArray();

        var groups = Measure(new ScoredSet(new EvaluationSet("groups", SetUse.Train, null, [.. rows.Select(row => row.Example)]), [.. rows.Select(row => row.Scores)])).Groups;

        Assert.Equal([("left", "hate", 10, 10, 0.0, 1.0), ("right", "hate", 10, 10, 1, 0.5)], groups.Select(group => (group.Group, group.Label, group.Positives, group.Negatives, group.FalsePositiveRate!.Value, group.Auc!.Value)));
    }

    [Fact]
    public void Rows_that_were_trained_on_count_for_groups_alone()
    {
        var result = Measure(Scored("trained", SetUse.Train, null, Row(1, 0.1f)));

        Assert.Empty(result.Strangers);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Confusions);
        Assert.Equal("train", Assert.Single(result.Sets).Use);
    }

    [Fact]
    public void Development_rows_stand_apart_from_strangers()
    {
        var result = Measure(Scored("rows", SetUse.Development, null, Row(1, 0.9f), Row(0, 0.1f)), Scored("other", SetUse.Own, null, Row(1, 0.1f), Row(0, 0.9f)));

        Assert.Equal((1.0, "development"), (result.Relatives[^1].Auc, result.Relatives[^1].Uses));
        Assert.Equal((0.0, "own"), (result.Strangers[^1].Auc, result.Strangers[^1].Uses));
    }

    [Fact]
    public void Mistakes_are_named_by_id_the_surest_first()
    {
        var set = Scored("mine", SetUse.Own, null, Row(0, 0.6f), Row(1, 0.1f), Row(0, 0.9f), Row(1, 0.7f));

        var rows = Measure(set).Confusions.Where(row => row.Label == "any");

        Assert.Equal([("missed", "1"), ("falsely flagged", "2,0")], rows.Select(row => (row.What, string.Join(',', row.Rows))));
    }

    internal static EvaluationResult Measure(params ScoredSet[] sets) => EvaluationResult.Of(WordClassifier.Describe("two", []), sets, SpeedFigures.Of([]));

    private static (sbyte[] Labels, sbyte Any, float[] Scores) Row(sbyte any, float score) => ([any, Silent], any, [score, 0]);

    private static ScoredSet Scored(string name, string use, string? kind, params (sbyte[] Labels, sbyte Any, float[] Scores)[] rows) => new(
        new EvaluationSet(name, use, kind, [.. rows.Select((row, i) => Some("x", row.Labels, row.Any) with { Id = $"{i}" })]),
        [.. rows.Select(row => row.Scores)]);

    private static Example Some(string text, sbyte[] labels, sbyte any) => new(text, "some", labels, any, 1, true, PromptKind.None);
}
