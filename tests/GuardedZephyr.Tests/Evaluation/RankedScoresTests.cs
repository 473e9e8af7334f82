using CsCheck;
using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Tests.Evaluation;

public class RankedScoresTests
{
    private static readonly Gen<(float, bool)[]> _items = Gen.Select(Gen.Int[0, 10].Select(tenth => tenth / 10f), Gen.Bool).Array[1, 60];

    [Fact]
    public void Ties_count_half_in_the_area_and_together_in_precision()
    {
        // Pairs of a positive and a negative: three in order, one tied. Precision: 1 at a recall of a half, 2/3 at 1.
        var ranked = new RankedScores([(0.9f, true), (0.8f, false), (0.8f, true), (0.3f, false)]);

        var (auc, precision) = ranked.Areas();

        Assert.Equal(3.5 / 4, auc);
        Assert.Equal((0.5 * 1) + (0.5 * 2 / 3), precision!.Value, 12);
        Assert.Equal([(0.9f, 1, 0), (0.8f, 2, 1), (0.3f, 2, 2)], ranked.Steps());
    }

    [Fact]
    public void Without_positives_there_is_neither_area_nor_precision() => Assert.Equal((null, null), new RankedScores([(0.9f, false), (0.1f, false)]).Areas());

    [Fact]
    public void Without_negatives_there_is_no_area_and_all_is_precise() => Assert.Equal((null, 1.0), new RankedScores([(0.9f, true), (0.1f, true)]).Areas());

    [Fact]
    public void Without_rows_nothing_is_caught() => Assert.Equal(new OperatingPoint(0.05, 1, null, null, null), new RankedScores([]).At(0.05));

    [Theory]
    [InlineData(0, 0.9f, 0.0, 0.5, 1.0)]
    [InlineData(0.49, 0.9f, 0.0, 0.5, 1.0)]
    [InlineData(0.5, 0.8f, 0.5, 1.0, 2.0 / 3)]
    [InlineData(1, 0.3f, 1.0, 1.0, 0.5)]
    public void Threshold_is_the_lowest_that_few_enough_negatives_reach(double allowed, float threshold, double wrong, double caught, double precision) =>
        Assert.Equal(new OperatingPoint(allowed, threshold, wrong, caught, precision), new RankedScores([(0.9f, true), (0.8f, false), (0.8f, true), (0.3f, false)]).At(allowed));

    [Fact]
    public void Threshold_lies_over_every_score_when_a_negative_is_on_top()
    {
        var point = new RankedScores([(0.9f, false), (0.8f, true)]).At(0.1);

        Assert.Equal((0.0, 0.0, null), (point.FalsePositiveRate, point.Caught, point.Precision));
        Assert.True(point.Threshold > 0.9f);
    }

    [Fact]
    public void Area_is_the_share_of_pairs_in_order() => _items.Sample(items =>
    {
        Assert.Equal(Curve.Auc(items), new RankedScores(items).Areas().Auc is { } area ? Math.Round(area, 12) : null, (left, right) => left is null ? right is null : Math.Abs(left.Value - right!.Value) < 1e-9);
    });

    [Fact]
    public void Row_that_counts_twice_is_two_rows()
    {
        var twice = new RankedScores([(0.9f, true), (0.8f, false), (0.7f, true)]).Areas([1, 2, 1]);

        Assert.Equal(new RankedScores([(0.9f, true), (0.8f, false), (0.8f, false), (0.7f, true)]).Areas(), twice);
    }

    [Fact]
    public void Reliability_has_a_bin_for_each_tenth_with_scores()
    {
        var bins = new RankedScores([(0.05f, false), (0.07f, true), (1, true)]).Reliability();

        Assert.Equal([(0.0, 2, 0.5), (0.9, 1, 1.0)], bins.Select(bin => (bin.From, bin.Count, bin.Positive)));
        Assert.Equal(0.06, bins[0].MeanScore, 6);
    }

    [Fact]
    public void Interval_lies_around_the_figure_and_is_the_same_each_time()
    {
        var ranked = new RankedScores(Enumerable.Range(0, 200).Select(i => (i * 37 % 200 / 200f, i * 37 % 200 > 60 + (i % 90))));
        var (auc, precision) = ranked.Areas();

        var (ofAuc, ofPrecision) = Interval.Of(ranked, 200);

        Assert.InRange(auc!.Value, ofAuc!.Low, ofAuc.High);
        Assert.InRange(precision!.Value, ofPrecision!.Low, ofPrecision.High);
        Assert.True(ofAuc.High - ofAuc.Low is > 0.001 and < 0.2);
        Assert.Equal((ofAuc, ofPrecision), Interval.Of(ranked, 200));
    }

    [Fact]
    public void Interval_of_perfect_order_is_a_point() => Assert.Equal(new Interval(1, 1), Interval.Of(new RankedScores([(0.9f, true), (0.8f, true), (0.2f, false), (0.1f, false)]), 100).Auc);
}
