using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class ValidatorTests
{
    [Theory]
    [InlineData("4111 1111 1111 1111")] // the card schemes' published test numbers
    [InlineData("5555555555554444")]
    [InlineData("2223003122003222")]
    [InlineData("3782-822463-10005")]
    [InlineData("6011111111111117")]
    [InlineData("3530111333300000")]
    [InlineData("30569309025904")]
    [InlineData("6240008631401148")]
    [InlineData("79927398713")] // the worked example of the algorithm
    public void Luhn_accepts_a_right_check_digit(string number) => Assert.Equal(Validity.Valid, PaymentCard.Validate(number).Validity);

    [Theory]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("79927398710")]
    [InlineData("0000 0000 0000 0000")]
    public void Luhn_refuses_a_wrong_check_digit_and_nothing_but_zeros(string number) => Assert.Equal(Validity.Invalid, PaymentCard.Validate(number).Validity);

    [Theory]
    [InlineData("AD1200012030200359100100")] // examples of the IBAN registry
    [InlineData("AE070331234567890123456")]
    [InlineData("AT611904300234573201")]
    [InlineData("BE68539007547034")]
    [InlineData("BR1800360305000010009795493C1")]
    [InlineData("CH9300762011623852957")]
    [InlineData("DE89370400440532013000")]
    [InlineData("ES9121000418450200051332")]
    [InlineData("FR1420041010050500013M02606")]
    [InlineData("GB29NWBK60161331926819")]
    [InlineData("IT60X0542811101000000123456")]
    [InlineData("LC55HEMM000100010012001200023015")]
    [InlineData("MT84MALT011000012345MTLCAST001S")]
    [InlineData("NL91ABNA0417164300")]
    [InlineData("NO9386011117947")]
    [InlineData("PL61109010140000071219812874")]
    [InlineData("SA0380000000608010167519")]
    [InlineData("gb29 nwbk 6016 1331 9268 19")]
    public void Iban_accepts_the_registrys_examples(string iban) => Assert.Equal(new Validation(Validity.Valid, iban.Length), Iban.Validate(iban));

    [Theory]
    [InlineData("DE89370400440532013001")] // check digits
    [InlineData("DE8937040044053201300")] // one short
    [InlineData("DE893704004405320130000")] // one long
    [InlineData("ZZ89370400440532013000")] // no such country
    [InlineData("US89370400440532013000")] // a country without IBANs
    public void Iban_refuses_wrong_check_digits_lengths_and_countries(string iban) => Assert.Equal(Validity.Invalid, Iban.Validate(iban).Validity);

    [Theory]
    [InlineData("DE00370400440532013000", 22)]
    [InlineData("gb30 nwbk 6016 1331 9268 19 by Friday", 27)]
    [InlineData("DE0037040044053201300", 0)]
    [InlineData("XX00370400440532013000", 0)]
    public void Mistyped_iban_is_as_long_as_its_country_says(string iban, int length) =>
        Assert.Equal(length > 0 ? new Validation(Validity.Undecided, length) : Validation.Invalid, Iban.ValidateLength(iban));

    [Fact]
    public void Iban_ends_where_its_country_says() =>
        Assert.Equal(new Validation(Validity.Valid, "NO93 8601 1117 947".Length), Iban.Validate("NO93 8601 1117 947 by Friday"));

    [Theory]
    [InlineData("536-22-1234")]
    [InlineData("001 01 0001")]
    [InlineData("899999999")]
    public void Ssn_that_can_be_issued_is_left_undecided(string number) => Assert.Equal(Validity.Undecided, UsSsn.Validate(number).Validity);

    [Theory]
    [InlineData("000-22-1234")]
    [InlineData("666-22-1234")]
    [InlineData("900-22-1234")]
    [InlineData("999-22-1234")]
    [InlineData("536-00-1234")]
    [InlineData("536-22-0000")]
    [InlineData("078-05-1120")]
    [InlineData("219-09-9999")]
    [InlineData("53622123")]
    [InlineData("5362212345")]
    public void Ssn_that_is_never_issued_is_refused(string number) => Assert.Equal(Validity.Invalid, UsSsn.Validate(number).Validity);

    [Theory]
    [InlineData("0.0.0.0", Validity.Valid)]
    [InlineData("127.0.0.1", Validity.Valid)]
    [InlineData("255.255.255.255", Validity.Valid)]
    [InlineData("::1", Validity.Valid)]
    [InlineData("2001:db8::1", Validity.Valid)]
    [InlineData("::ffff:192.0.2.1", Validity.Valid)]
    [InlineData("::", Validity.Undecided)]
    [InlineData("dead::beef", Validity.Undecided)]
    [InlineData("192.0.2.256", Validity.Invalid)]
    [InlineData("12:30:45", Validity.Invalid)]
    [InlineData("1::2::3", Validity.Invalid)]
    [InlineData("1:2:3:4:5:6:7:8:9", Validity.Invalid)]
    public void Ip_address_is_what_the_platform_parses(string address, object validity) => Assert.Equal(validity, IpAddressText.Validate(address).Validity);

    [Theory]
    [InlineData("+1 (212) 555-0147")]
    [InlineData("555-0147")]
    [InlineData("01/02/20234")]
    [InlineData("+49 171 1234567 ext. 4")]
    [InlineData("20-31-1234")]
    [InlineData("(20) 12-2024")]
    [InlineData("+86 20 61302222-8866")]
    [InlineData("971.4.123.4567")]
    public void Phone_number_is_left_undecided(string number) => Assert.Equal(Validity.Undecided, PhoneShape.Validate(number).Validity);

    [Theory]
    [InlineData("2024-11-23")]
    [InlineData("23.11.2024")]
    [InlineData("11/23/2024")]
    [InlineData("1 - 12 - 2024")]
    [InlineData("2019-2024")]
    [InlineData("20241123")]
    [InlineData("23112024")]
    [InlineData("1000000")]
    [InlineData("04/21/2020 12")]
    [InlineData("45.0.8460.101")]
    [InlineData("10.15.4567.1")]
    [InlineData("555 014")]
    [InlineData("1234567890123456")]
    [InlineData("555 0 ext. 123456")]
    public void Date_or_number_too_short_or_too_long_is_no_phone_number(string number) => Assert.Equal(Validity.Invalid, PhoneShape.Validate(number).Validity);

    [Theory]
    [InlineData("damm", "572-4", true)]
    [InlineData("damm", "572-7", false)]
    [InlineData("verhoeff", "236 3", true)]
    [InlineData("verhoeff", "236 4", false)]
    [InlineData("iso7064-mod11-2", "0000-0002-1825-0097", true)]
    [InlineData("iso7064-mod11-10", "07945", true)]
    [InlineData("iso7064-mod11-10", "07946", false)]
    [InlineData("iso7064-mod37-2", "A9999 14 123456 N", true)]
    [InlineData("iso7064-mod37-36", "a1-2425g-abc1234002-m", true)]
    [InlineData("iso7064-mod97-10", "79444", true)]
    [InlineData("iso7064-mod97-10", "79443", false)]
    [InlineData("damm", "0000", false)]
    [InlineData("verhoeff", "", false)]
    public void Check_systems_may_be_named_by_packs(string name, string candidate, bool isValid) =>
        Assert.Equal(isValid ? Validity.Valid : Validity.Invalid, Validators.Find(name)!(candidate).Validity);
}
