using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class UsValidatorTests
{
    [Theory]
    [InlineData("021000021")] // routing numbers that banks publish
    [InlineData("0110-0001-5")]
    [InlineData("121000358")]
    public void Routing_number_with_a_right_check_digit_is_valid(string number) => Assert.Equal(Validity.Valid, AbaRouting.Validate(number).Validity);

    [Theory]
    [InlineData("021000022")]
    [InlineData("201000021")] // two swapped
    [InlineData("130000006")] // the sum is right, there is no district 13
    [InlineData("000000000")]
    [InlineData("02100002")]
    [InlineData("0210000210")]
    public void Other_digits_are_no_routing_number(string number) => Assert.Equal(Validity.Invalid, AbaRouting.Validate(number).Validity);

    [Theory]
    [InlineData("1234567893")] // CMS's worked example
    [InlineData("1245319599")]
    public void Npi_with_a_right_check_digit_is_valid(string number) => Assert.Equal(Validity.Valid, Npi.Validate(number).Validity);

    [Theory]
    [InlineData("1234567890")]
    [InlineData("1243567893")]
    [InlineData("3234567899")] // the check digit is right, the first digit is not
    [InlineData("123456789")]
    [InlineData("12345678930")]
    public void Other_digits_are_no_npi(string number) => Assert.Equal(Validity.Invalid, Npi.Validate(number).Validity);

    [Theory]
    [InlineData("AB1234563")] // (1 + 3 + 5) + 2 (2 + 4 + 6) = 33
    [InlineData("f91234563")]
    public void Dea_number_with_a_right_check_digit_is_valid(string number) => Assert.Equal(Validity.Valid, DeaNumber.Validate(number).Validity);

    [Theory]
    [InlineData("AB1234564")]
    [InlineData("AB2134563")]
    [InlineData("AB0000000")]
    [InlineData("AB123456")]
    [InlineData("AB12345630")]
    [InlineData("ABC234563")]
    public void Other_text_is_no_dea_number(string text) => Assert.Equal(Validity.Invalid, DeaNumber.Validate(text).Validity);

    [Theory]
    [InlineData("900-50-0000")]
    [InlineData("912-65-1234")]
    [InlineData("912 70 1234")]
    [InlineData("912881234")]
    [InlineData("912-90-1234")]
    [InlineData("912-92-1234")]
    [InlineData("912-94-1234")]
    [InlineData("999-99-9999")]
    public void Itin_of_a_group_that_is_given_out_is_left_undecided(string number) => Assert.Equal(Validity.Undecided, UsItin.Validate(number).Validity);

    [Theory]
    [InlineData("912-49-1234")]
    [InlineData("912-66-1234")]
    [InlineData("912-69-1234")]
    [InlineData("912-89-1234")]
    [InlineData("912-93-1234")] // for adoptions
    [InlineData("812-70-1234")]
    [InlineData("912-70-123")]
    [InlineData("912-70-12345")]
    public void Other_digits_are_no_itin(string number) => Assert.Equal(Validity.Invalid, UsItin.Validate(number).Validity);

    [Theory]
    [InlineData("01-0000000", Validity.Undecided)]
    [InlineData("98-7654321", Validity.Undecided)]
    [InlineData("841234567", Validity.Undecided)]
    [InlineData("00-1234567", Validity.Invalid)]
    [InlineData("07-1234567", Validity.Invalid)]
    [InlineData("18-1234567", Validity.Invalid)]
    [InlineData("49-1234567", Validity.Invalid)]
    [InlineData("97-1234567", Validity.Invalid)]
    [InlineData("98-765432", Validity.Invalid)]
    public void Ein_starts_with_a_prefix_that_is_given_out(string number, object validity) => Assert.Equal(validity, UsEin.Validate(number).Validity);

    [Theory]
    [InlineData("536-22-1234A", Validity.Undecided)]
    [InlineData("536221234B1", Validity.Undecided)]
    [InlineData("000-22-1234A", Validity.Invalid)]
    [InlineData("536-00-1234A", Validity.Invalid)]
    [InlineData("536-22-123A", Validity.Invalid)]
    public void Hicn_holds_a_social_security_number(string number, object validity) => Assert.Equal(validity, UsHicn.Validate(number).Validity);
}
