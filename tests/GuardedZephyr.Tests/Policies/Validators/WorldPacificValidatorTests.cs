using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>Australia and New Zealand: numbers that the authorities publish as examples, or derived from their rules.</summary>
public sealed class WorldPacificValidatorTests
{
    [Theory]
    [InlineData("au-abn", "51 824 753 556")] // the Australian Taxation Office's own
    [InlineData("au-abn", "53004085616")] // the Register's worked example
    [InlineData("au-acn", "004 085 616")] // ASIC's worked example
    [InlineData("au-acn", "005749986")]
    [InlineData("au-tfn", "123 456 782")]
    [InlineData("au-tfn", "459-599-230")]
    [InlineData("au-medicare", "2123 45670 1")] // specimen card of Services Australia
    [InlineData("au-medicare", "2428778132")]
    [InlineData("au-medicare", "2123 45670 1/2")]
    [InlineData("nz-ird", "49-091-850")] // Inland Revenue's worked examples
    [InlineData("nz-ird", "35901981")]
    [InlineData("nz-ird", "49098576")] // the second set of weights
    [InlineData("nz-ird", "136410132")]
    [InlineData("nz-nhi", "ZZZ0016")] // HISO 10046's test range
    [InlineData("nz-nhi", "ZZZ0024")]
    [InlineData("nz-nhi", "ZBN77VL")] // HISO 10046's example of the newer form
    [InlineData("nz-nhi", "zvb97xq")]
    public void Right_check_characters_prove_a_number(string validator, string number) => Assert.Equal(Validity.Valid, WorldValidation.Of(validator, number));

    [Theory]
    [InlineData("nz-bank-account", "01-0902-0068389-00")]
    [InlineData("nz-bank-account", "12 3456 0123456 000")]
    public void Structure_alone_leaves_a_number_undecided(string validator, string number) => Assert.Equal(Validity.Undecided, WorldValidation.Of(validator, number));

    [Theory]
    [InlineData("au-abn", "51824753557")]
    [InlineData("au-abn", "5182475355")]
    [InlineData("au-abn", "518247535566")]
    [InlineData("au-abn", "01824753556")]
    [InlineData("au-acn", "004085617")]
    [InlineData("au-acn", "000000000")]
    [InlineData("au-acn", "04085616")]
    [InlineData("au-tfn", "123456789")]
    [InlineData("au-tfn", "213456782")] // two digits swapped
    [InlineData("au-tfn", "000000000")]
    [InlineData("au-medicare", "2123456711")]
    [InlineData("au-medicare", "7123456701")]
    [InlineData("au-medicare", "2123456700")]
    [InlineData("au-medicare", "212345670")]
    [InlineData("nz-ird", "136410133")]
    [InlineData("nz-ird", "9125568")] // below the least number
    [InlineData("nz-ird", "49091851")]
    [InlineData("nz-ird", "999999999")]
    [InlineData("nz-nhi", "ZZZ0017")]
    [InlineData("nz-nhi", "ZZZ0041")] // remainder 0 has no check digit
    [InlineData("nz-nhi", "ZIZ0016")] // no I
    [InlineData("nz-nhi", "ZBN77VM")]
    [InlineData("nz-nhi", "ZZZ00160")]
    [InlineData("nz-bank-account", "99-0902-0068389-00")]
    [InlineData("nz-bank-account", "01-0902-068389-00")]
    public void Number_that_the_scheme_cannot_give_is_refused(string validator, string number) => Assert.Equal(Validity.Invalid, WorldValidation.Of(validator, number));
}
