using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class DeviceBankAndDateTests
{
    [Theory]
    [InlineData("00:00:5E:00:53:AF", Validity.Undecided)] // RFC 9542, for documentation
    [InlineData("0000.5e00.5301", Validity.Undecided)]
    [InlineData("00:00:00:00:00:00", Validity.Invalid)]
    [InlineData("ff-ff-ff-ff-ff-ff", Validity.Invalid)]
    [InlineData("00:00:5E:00:53", Validity.Invalid)]
    [InlineData("00:00:5E:00:53:AG", Validity.Invalid)]
    [InlineData("00:00:5E:00:53:AF:01", Validity.Invalid)]
    public void Mac_address_is_twelve_hexadecimal_digits(string address, object validity) => Assert.Equal(validity, MacAddress.Validate(address).Validity);

    [Theory]
    [InlineData("DEUTDEFF", Validity.Undecided)]
    [InlineData("NEDSZAJJXXX", Validity.Undecided)]
    [InlineData("DEUTXXFF", Validity.Invalid)]
    [InlineData("DEUTD FF", Validity.Invalid)]
    [InlineData("DEUTDEFF5", Validity.Invalid)]
    [InlineData("DEUTDEF", Validity.Invalid)]
    public void Bank_identifier_names_a_country(string code, object validity) => Assert.Equal(validity, BankIdentifier.Validate(code).Validity);

    [Theory]
    [InlineData("2024-02-29")]
    [InlineData("2024-11-23T10:30:00Z")]
    [InlineData("29/02/2024")]
    [InlineData("02/29/2024")]
    [InlineData("31.12.99")]
    [InlineData("12/31/99")]
    [InlineData("4 March 1985")] // the pattern's to judge
    public void Date_of_the_calendar_is_left_undecided(string date) => Assert.Equal(Validity.Undecided, CalendarDate.Validate(date).Validity);

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-10")]
    [InlineData("0000-01-01")]
    [InlineData("31/04/2024")]
    [InlineData("13/13/2024")]
    [InlineData("00/10/2024")]
    [InlineData("1.2.345")]
    [InlineData("12/2024")]
    [InlineData("12/31/99999999999999")]
    public void Day_that_never_was_is_no_date(string date) => Assert.Equal(Validity.Invalid, CalendarDate.Validate(date).Validity);
}
