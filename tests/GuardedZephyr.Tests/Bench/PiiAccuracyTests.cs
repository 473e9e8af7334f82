using GuardedZephyr.Bench;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Bench;

public class PiiAccuracyTests
{
    private const string Text = "Write to Ada King, 12 Long Row.";

    [Theory]
    [InlineData("Ada King", true)]
    [InlineData("to Ada King, 12", true)]
    [InlineData("Ada", false)]
    [InlineData("King", false)]
    [InlineData("12 Long Row", false)]
    public void A_place_is_found_when_a_finding_covers_all_of_its_letters_and_digits(string found, bool expected) =>
        Assert.Equal(expected, Spans.Cover(Text, Place.Start, Place.End, [Finding("PERSON", found)]));

    [Fact]
    public void Two_findings_may_cover_a_place_together() =>
        Assert.True(Spans.Cover(Text, Place.Start, Place.End, [Finding("PERSON", "Ada"), Finding("PERSON", "King")]));

    [Fact]
    public void A_place_without_letters_and_digits_must_be_covered_whole()
    {
        Assert.False(Spans.Cover("a -- b", 2, 4, []));
        Assert.True(Spans.Cover("a -- b", 2, 4, [new Finding("X", 1, 3, 1, "test")]));
    }

    [Fact]
    public void A_finding_of_another_kind_covers_a_place_and_does_not_find_it()
    {
        var counts = Count([Finding("STREET_ADDRESS", "Ada King")]);

        Assert.Equal((1, 0, 1), (counts.Gold, counts.Found, counts.Covered));
    }

    [Fact]
    public void A_finding_that_is_too_long_is_right_and_not_exact()
    {
        var counts = Count([Finding("PERSON", "Ada King, 12")]);

        Assert.Equal((1, 0, 1, 1), (counts.Found, counts.Exact, counts.Findings, counts.Right));
    }

    [Fact]
    public void A_finding_of_part_of_a_place_is_a_false_alarm()
    {
        var counts = Count([Finding("PERSON", "Ada")]);

        Assert.Equal((0, 1, 0), (counts.Found, counts.Findings, counts.Right));
    }

    [Fact]
    public void A_finding_of_a_kind_that_the_set_does_not_mark_is_neither_right_nor_wrong() =>
        Assert.Equal(0, Count([Finding("IP_ADDRESS", "12")]).Findings);

    // P = 1/2, R = 3/4: 5 P R / (4 P + R) = 1.875 / 2.75.
    [Fact]
    public void F2_weighs_recall_twice_as_much_as_precision() =>
        Assert.Equal(1.875 / 2.75, new Counts { Gold = 4, Found = 3, Findings = 6, Right = 3 }.F!.Value, 12);

    [Fact]
    public void F2_is_0_where_nothing_is_found_and_missing_where_nothing_is_to_be_found()
    {
        Assert.Equal(0, new Counts { Gold = 4 }.F);
        Assert.Equal(0, new Counts { Gold = 4, Findings = 2 }.F);
        Assert.Null(new Counts { Findings = 2 }.F);
    }

    // Published test number of a card, and the number that its last digit makes wrong.
    [Theory]
    [InlineData("4111 1111 1111 1111", true)]
    [InlineData("4111 1111 1111 1112", false)]
    public void A_card_number_is_plausible_when_its_check_digit_holds(string value, bool expected) =>
        Assert.Equal(expected, Plausibility.Holds(Kind.CreditCard, value));

    [Theory]
    [InlineData("536-22-1234", true)]
    [InlineData("000-22-1234", false)]
    [InlineData("666-22-1234", false)]
    [InlineData("900221234", false)]
    [InlineData("536-00-1234", false)]
    [InlineData("536-22-0000", false)]
    public void A_social_security_number_is_plausible_when_its_range_is_issued(string value, bool expected) =>
        Assert.Equal(expected, Plausibility.Holds(Kind.Ssn, value));

    private static Gold Place => new(Kind.Person, Text.IndexOf("Ada", StringComparison.Ordinal), "Ada King".Length);

    private static Counts Count(IReadOnlyList<Finding> findings)
    {
        var sample = new Sample("set", 0, Text, [Place], new HashSet<Kind> { Kind.Person });
        return SampleResult.Of(sample, findings).Count().Aggregate(default(Counts), (sum, count) => sum + count.Counts);
    }

    private static Finding Finding(string entity, string value) => new(entity, Text.IndexOf(value, StringComparison.Ordinal), value.Length, 1, "test");
}
