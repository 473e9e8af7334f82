using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class InternationalPhoneTests
{
    [Theory]
    [InlineData("+1 (212) 555-0147")] // numbers that regulators keep for fiction
    [InlineData("+44 20 7946 0958")]
    [InlineData("+44 (0)20 7946 0958")]
    [InlineData("0044 20 7946 0958")]
    [InlineData("011 44 20 7946 0958")]
    [InlineData("+61 491 570 156")]
    [InlineData("+86 20 61302222-8866")] // an extension behind a dash
    [InlineData("+46 31-390 06 50")]
    [InlineData("+49 30 23125 000 ext. 12")]
    [InlineData("+39 06 12345678")] // Italy keeps the zero
    public void Number_that_its_plan_gives_out_is_valid(string number) => Assert.Equal(new Validation(Validity.Valid, number.Length), InternationalPhone.Validate(number));

    [Theory]
    [InlineData("+1 123 456 7890")] // no area code starts with a 1
    [InlineData("(+44) 7700 900123")] // Ofcom keeps it for fiction and gives it to nobody
    public void Number_of_a_right_length_that_its_plan_does_not_give_out_is_left_undecided(string number) =>
        Assert.Equal(Validity.Undecided, InternationalPhone.Validate(number).Validity);

    [Theory]
    [InlineData("+999 123 456 789")] // no such country
    [InlineData("+0 123 456 789")]
    [InlineData("+44 12 345")]
    [InlineData("+1 212 555 01472 3")]
    [InlineData("+20000001")]
    [InlineData("+44 1111 111 111 111 111")]
    [InlineData("+1111111111")]
    [InlineData("")]
    public void Number_of_a_length_that_its_country_never_had_is_refused(string number) => Assert.Equal(Validity.Invalid, InternationalPhone.Validate(number).Validity);
}
