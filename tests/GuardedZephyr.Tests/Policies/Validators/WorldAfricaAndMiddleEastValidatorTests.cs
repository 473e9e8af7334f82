using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>Africa and the Middle East: numbers that the authorities publish as examples, or derived from their rules.</summary>
public sealed class WorldAfricaAndMiddleEastValidatorTests
{
    [Theory]
    [InlineData("za-id", "8001015009087")]
    [InlineData("za-id", "750330 5044 089")]
    [InlineData("tr-tckn", "10000000146")]
    [InlineData("tr-tckn", "17291716060")]
    [InlineData("tr-tax-number", "4540536920")]
    [InlineData("tr-tax-number", "123 456 7890")]
    [InlineData("il-id", "03933742-3")]
    [InlineData("il-id", "39337423")]
    [InlineData("il-id", "123456782")]
    [InlineData("ae-emirates-id", "784-1980-1234567-8")]
    [InlineData("ae-emirates-id", "784200012345672")]
    [InlineData("sa-id", "1010101010")]
    [InlineData("sa-id", "2345678904")]
    public void Right_check_characters_prove_a_number(string validator, string number) => Assert.Equal(Validity.Valid, WorldValidation.Of(validator, number));

    [Theory]
    [InlineData("eg-national-id", "29001011234567")]
    [InlineData("eg-national-id", "30512310112345")]
    [InlineData("ae-emirates-id", "784-1980-1234567-1")]
    public void Structure_alone_leaves_a_number_undecided(string validator, string number) => Assert.Equal(Validity.Undecided, WorldValidation.Of(validator, number));

    [Theory]
    [InlineData("za-id", "8001015009088")]
    [InlineData("za-id", "8013015009085")]
    [InlineData("za-id", "8001015009384")] // citizenship 3
    [InlineData("eg-national-id", "49001011234567")]
    [InlineData("eg-national-id", "29013011234567")]
    [InlineData("eg-national-id", "29001019934567")]
    [InlineData("tr-tckn", "10000000147")]
    [InlineData("tr-tckn", "10000000156")]
    [InlineData("tr-tckn", "00000000146")]
    [InlineData("tr-tax-number", "4540536921")]
    [InlineData("tr-tax-number", "1111111111")]
    [InlineData("il-id", "039337424")]
    [InlineData("il-id", "000000000")]
    [InlineData("il-id", "3933742")]
    [InlineData("ae-emirates-id", "785-1980-1234567-8")]
    [InlineData("ae-emirates-id", "784-1780-1234567-8")]
    [InlineData("sa-id", "1010101011")]
    [InlineData("sa-id", "3010101018")]
    public void Number_that_the_scheme_cannot_give_is_refused(string validator, string number) => Assert.Equal(Validity.Invalid, WorldValidation.Of(validator, number));
}
