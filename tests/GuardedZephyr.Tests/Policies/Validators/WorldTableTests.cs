using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class WorldTableTests
{
    /// <summary>What a pattern could hand over, and what none would: separators, letters in odd places, other scripts, any length.</summary>
    private static readonly Gen<string> Candidate = Gen.OneOf(
        Gen.Char["0123456789"].Array[0, 24].Select(characters => new string(characters)),
        Gen.Char["0123456789ABIKOXYZabz -./()&Ññ"].Array[0, 40].Select(characters => new string(characters)),
        Gen.String[Gen.Char, 0, 80]);

    [Fact]
    public void Validator_takes_any_text_without_throwing_and_judges_no_more_than_it_was_given() =>
        Gen.Select(Gen.Int[0, WorldValidators.All.Length - 1], Candidate).Sample(
            (index, candidate) =>
            {
                var validation = WorldValidators.All[index].Validator(candidate);
                Assert.InRange(validation.Length, validation.Validity == Validity.Invalid ? 0 : 1, candidate.Length);
            },
            iter: 100_000);

    [Fact]
    public void Name_is_used_once_and_stands_in_order() =>
        Assert.Equal(WorldValidators.All.Select(entry => entry.Name).Order(StringComparer.Ordinal).Distinct(), WorldValidators.All.Select(entry => entry.Name));

    [Theory]
    [InlineData("0A9", "9A*", true)]
    [InlineData("0AZ", "9A*", true)]
    [InlineData("0a9", "9A*", false)]
    [InlineData("0A-", "9A*", false)]
    [InlineData("0A", "9A*", false)]
    public void Text_fits_a_shape(string text, string shape, bool expected) => Assert.Equal(expected, WorldText.Fits(text, shape));

    [Theory]
    [InlineData("000229", true)]
    [InlineData("010229", false)]
    [InlineData("991231", true)]
    [InlineData("991301", false)]
    [InlineData("990431", false)]
    [InlineData("990400", false)]
    public void Short_date_is_a_day_of_the_calendar(string digits, bool expected) => Assert.Equal(expected, WorldText.IsShortDate(digits));
}
