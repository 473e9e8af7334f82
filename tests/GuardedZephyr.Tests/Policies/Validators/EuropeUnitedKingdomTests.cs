using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class EuropeUnitedKingdomTests
{
    [Theory]
    [InlineData("uk-nhs", "943 476 5919")] // NHS Data Dictionary's example
    [InlineData("uk-nhs", "401 023 2137")] // NHS England's example
    [InlineData("uk-nhs", "9434765870")]
    [InlineData("uk-utr", "1955839661")]
    [InlineData("uk-utr", "2234567890")] // an example of HMRC's API documentation
    [InlineData("uk-vat", "GB 980 7806 84")]
    [InlineData("uk-vat", "802311782")]
    [InlineData("uk-vat", "GB193054661")]
    public void Right_numbers_are_proved(string scheme, string number) => Assert.Equal(Validity.Valid, EuropeSchemes.Judge(scheme, number));

    [Theory]
    [InlineData("uk-nhs", "943 476 5918")]
    [InlineData("uk-nhs", "401 023 2173")] // two digits swapped
    [InlineData("uk-nhs", "0000000000")]
    [InlineData("uk-nhs", "943476591")]
    [InlineData("uk-nino", "QQ123456C")] // the example that HMRC prints because it is no number
    [InlineData("uk-nino", "BG123456A")]
    [InlineData("uk-nino", "GB123456A")]
    [InlineData("uk-nino", "NT123456A")]
    [InlineData("uk-nino", "ZZ123456A")]
    [InlineData("uk-nino", "AO123456A")]
    [InlineData("uk-nino", "DA123456A")]
    [InlineData("uk-driving-licence", "MORGA663054SM9IJ")] // month 63
    [InlineData("uk-driving-licence", "MORGA657324SM9IJ")] // day 32
    [InlineData("uk-driving-licence", "99999657054SM9IJ")] // no surname
    [InlineData("uk-driving-licence", "M9RGA657054SM9IJ")]
    [InlineData("uk-driving-licence", "MORGA6570549M9IJ")] // second initial without a first
    [InlineData("uk-driving-licence", "MORGA657054SM9I")]
    [InlineData("uk-utr", "1955839662")]
    [InlineData("uk-utr", "2955839661")]
    [InlineData("uk-utr", "195583966")]
    [InlineData("uk-vat", "GB 980 7806 85")]
    [InlineData("uk-vat", "GB 980 8706 84")]
    [InlineData("uk-vat", "000000000")]
    [InlineData("uk-postcode", "AA1 1AA")] // no such area
    [InlineData("uk-postcode", "ZZ99 9ZZ")]
    [InlineData("uk-postcode", "J1 1AE")]
    [InlineData("uk-postcode", "b1 2nd")]
    public void Wrong_numbers_are_dropped(string scheme, string number) => Assert.Equal(Validity.Invalid, EuropeSchemes.Judge(scheme, number));

    [Theory]
    [InlineData("uk-nino", "AB123456C")]
    [InlineData("uk-nino", "JG 10 37 59 A")]
    [InlineData("uk-nino", "AB 12 34 56")] // without its suffix
    [InlineData("uk-driving-licence", "MORGA657054SM9IJ")] // DVLA's specimen
    [InlineData("uk-driving-licence", "MORGA 753116 SM9IJ")]
    [InlineData("uk-driving-licence", "FO999912296A99BC")]
    [InlineData("uk-postcode", "SW1A 1AA")]
    [InlineData("uk-postcode", "EC1A 1BB")]
    [InlineData("uk-postcode", "M1 1AE")]
    [InlineData("uk-postcode", "B33 8TH")]
    [InlineData("uk-postcode", "CR2 6XH")]
    [InlineData("uk-postcode", "DN55 1PT")]
    public void Numbers_without_a_check_that_proves_are_left_undecided(string scheme, string number) => Assert.Equal(Validity.Undecided, EuropeSchemes.Judge(scheme, number));
}
