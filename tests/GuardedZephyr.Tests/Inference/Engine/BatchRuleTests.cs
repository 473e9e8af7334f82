using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Models;

namespace GuardedZephyr.Tests.Inference.Engine;

public sealed class BatchRuleTests
{
    [Fact]
    public void Kernels_that_treat_all_rows_alike_need_no_idle_rows()
    {
        var rule = BatchRule.Measure(1, 4, rows => [.. Enumerable.Range(0, rows).Select(row => (float)row)]);

        Assert.Equal(new BatchRule(1, 1, 4, true), rule);
        Assert.Equal((2, 1), rule.Widen(2, 1));
    }

    [Fact]
    public void Kernels_that_treat_an_odd_row_another_way_get_an_even_number()
    {
        var rule = BatchRule.Measure(1, 4, rows => [.. Enumerable.Range(0, rows).Select(row => rows % 2 == 1 && row == rows - 1 ? row + 1e-6f : row)]);

        Assert.Equal(new BatchRule(1, 2, 4, true), rule);
        Assert.Equal([(0, 2), (2, 2), (1, 2), (0, 4)], new[] { rule.Widen(0, 1), rule.Widen(3, 1), rule.Widen(1, 2), rule.Widen(1, 3) });
    }

    [Fact]
    public void Kernels_that_agree_in_no_way_are_reported() =>
        Assert.False(BatchRule.Measure(1, 4, rows => [.. Enumerable.Repeat(1f / rows, rows)]).Holds);

    [Fact]
    public void Batch_has_a_head_for_each_thread()
    {
        var shape = new DecoderShape { Layers = 1, KeyValueHeads = 3, HeadSize = 8 };

        Assert.Equal(3, BatchRule.MinRows(8, shape));
        Assert.Equal(12, BatchRule.Threads(64, shape, slots: 4));
        Assert.Equal(64, BatchRule.Threads(64, shape, slots: 1));
        Assert.Equal((1, 3), new BatchRule(3, 1, 4, true).Widen(3, 1));
    }
}
