using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class EuropeWestTests
{
    [Theory]
    [InlineData("de-tax-id", "86 095 742 719")] // the Bundeszentralamt's example
    [InlineData("de-tax-id", "47036892816")]
    [InlineData("de-tax-id", "65929970489")]
    [InlineData("de-tax-id", "12131456787")]
    [InlineData("de-tax-id", "26954371827")]
    [InlineData("de-vat", "DE136695976")]
    [InlineData("de-vat", "DE 811 128 135")]
    [InlineData("de-vat", "129273398")]
    [InlineData("de-social-security", "15 070649 C 103")] // the example of the pension insurance
    [InlineData("de-social-security", "65170839J003")]
    [InlineData("de-health-insurance", "A123456780")]
    [InlineData("de-health-insurance", "T000000002")]
    [InlineData("de-driving-licence", "B072RRE2I55")] // the specimen licence
    [InlineData("de-driving-licence", "B072RRE2I5A")]
    [InlineData("icao-document", "L01X00T471")] // the specimen of the German identity card
    [InlineData("icao-document", "LZ6311T475")]
    [InlineData("icao-document", "T220001293")] // the specimen of the first card
    [InlineData("icao-document", "C01X00T478")] // the specimen of the German passport
    [InlineData("icao-document", "L898902C36")] // ICAO Doc 9303-4, the specimen
    [InlineData("fr-nir", "2 69 05 49 588 157 80")] // the specimen of the Vitale card
    [InlineData("fr-nir", "295117823456784")]
    [InlineData("fr-nir", "253072A07300443")] // born in Corse-du-Sud
    [InlineData("fr-siren", "732 829 320")] // INSEE's example
    [InlineData("fr-siren", "552 008 443")]
    [InlineData("fr-siret", "732 829 320 00074")] // INSEE's example
    [InlineData("fr-siret", "40483304800022")]
    [InlineData("fr-siret", "35600000049837")] // La Poste
    [InlineData("fr-vat", "FR 44 732829320")]
    [InlineData("fr-vat", "FR83404833048")]
    [InlineData("fr-fiscal-number", "30 23 217 600 053")] // the European Commission's example
    [InlineData("fr-fiscal-number", "0701987765493")]
    [InlineData("nl-bsn", "111222333")] // the government's test number
    [InlineData("nl-bsn", "1234.56.782")]
    [InlineData("nl-bsn", "999990019")]
    [InlineData("nl-vat", "NL000099998B57")] // Belastingdienst's example
    [InlineData("nl-vat", "NL004495445B01")]
    [InlineData("nl-vat", "NL123456789B13")]
    [InlineData("be-national-number", "85.07.30-033.28")]
    [InlineData("be-national-number", "17073003384")] // born 2017
    [InlineData("be-national-number", "00.01.25-567.77")]
    [InlineData("be-enterprise", "0403.019.261")]
    [InlineData("be-enterprise", "BE 0202.239.951")] // Proximus's own
    [InlineData("be-identity-card", "590-1234567-74")]
    [InlineData("be-identity-card", "000-0000194-97")] // a rest of 0
    [InlineData("lu-national-id", "1893120105732")]
    [InlineData("lu-national-id", "1990 0101 123 85")]
    [InlineData("lu-vat", "LU15027442")]
    [InlineData("lu-vat", "LU20260743")]
    [InlineData("ie-pps", "6433435F")]
    [InlineData("ie-pps", "1234567T")]
    [InlineData("ie-pps", "1234567FA")]
    [InlineData("ie-pps", "6433435IH")]
    [InlineData("ie-pps", "1234567TW")]
    [InlineData("ie-vat", "IE 6433435F")]
    [InlineData("ie-vat", "IE8D79739I")]
    [InlineData("ie-vat", "IE6433435OA")]
    [InlineData("at-svnr", "1237 010180")] // the example of the social insurance
    [InlineData("at-svnr", "1237010180")]
    [InlineData("at-svnr", "7839 280855")]
    [InlineData("at-vat", "ATU13585627")]
    [InlineData("at-vat", "ATU 1015 7408")]
    [InlineData("at-tax", "59-119/9013")]
    [InlineData("at-tax", "12-345/6782")]
    [InlineData("ch-ahv", "756.1234.5678.97")] // the example of the federal office
    [InlineData("ch-ahv", "756.9217.0769.85")]
    [InlineData("ch-uid", "CHE-100.155.212")]
    [InlineData("ch-uid", "CHE-107.787.577 IVA")]
    [InlineData("ch-uid", "CHE-123.456.788")]
    public void Right_numbers_are_proved(string scheme, string number) => Assert.Equal(Validity.Valid, EuropeSchemes.Judge(scheme, number));

    [Theory]
    [InlineData("de-tax-id", "86095742718")]
    [InlineData("de-tax-id", "12345678903")] // no digit comes twice among the first ten
    [InlineData("de-tax-id", "11223456785")] // two digits do
    [InlineData("de-tax-id", "11123456786")] // three times in a row
    [InlineData("de-tax-id", "11111111111")]
    [InlineData("de-vat", "DE136695978")]
    [InlineData("de-vat", "DE036695976")]
    [InlineData("de-social-security", "15 070649 C 104")]
    [InlineData("de-social-security", "15 071349 C 103")]
    [InlineData("de-social-security", "15 070649 1 103")]
    [InlineData("de-health-insurance", "A123456781")]
    [InlineData("de-health-insurance", "1123456780")]
    [InlineData("de-driving-licence", "B072RRE2I65")]
    [InlineData("de-driving-licence", "B072RRE2I5")]
    [InlineData("icao-document", "L01X00T472")]
    [InlineData("icao-document", "L01X00T4")]
    [InlineData("fr-nir", "2 69 05 49 588 157 81")]
    [InlineData("fr-nir", "253072B07300443")]
    [InlineData("fr-nir", "269154958815780")] // no such month
    [InlineData("fr-siren", "732 829 321")]
    [InlineData("fr-siren", "000000000")]
    [InlineData("fr-siret", "732 829 320 00075")]
    [InlineData("fr-siret", "73282932100074")]
    [InlineData("fr-vat", "FR 45 732829320")]
    [InlineData("fr-vat", "FR44732829321")]
    [InlineData("fr-fiscal-number", "3023217600054")]
    [InlineData("fr-fiscal-number", "4023217600053")]
    [InlineData("nl-bsn", "111222334")]
    [InlineData("nl-bsn", "123456789")]
    [InlineData("nl-bsn", "000000000")]
    [InlineData("nl-vat", "NL123456789B14")]
    [InlineData("nl-vat", "NL000099998B58")]
    [InlineData("be-national-number", "85.07.30-033.29")]
    [InlineData("be-national-number", "85.13.30-033.28")]
    [InlineData("be-enterprise", "0403.019.262")]
    [InlineData("be-enterprise", "2403.019.261")]
    [InlineData("be-identity-card", "590-1234567-75")]
    [InlineData("be-identity-card", "590-1234576-74")]
    [InlineData("lu-national-id", "1893120105733")]
    [InlineData("lu-national-id", "1893120105742")]
    [InlineData("lu-national-id", "1893130105732")]
    [InlineData("lu-vat", "LU15027443")]
    [InlineData("ie-pps", "6433435E")]
    [InlineData("ie-pps", "6433435VH")]
    [InlineData("ie-vat", "IE 6433435E")]
    [InlineData("ie-vat", "IE8D79739J")]
    [InlineData("at-svnr", "2237 010180")]
    [InlineData("at-svnr", "1237 320180")]
    [InlineData("at-vat", "ATU13585626")]
    [InlineData("at-tax", "59-119/9014")]
    [InlineData("ch-ahv", "756.1234.5678.98")]
    [InlineData("ch-ahv", "757.1234.5678.94")]
    [InlineData("ch-uid", "CHE-123.456.789")]
    [InlineData("ch-uid", "CHE-100.155.213")]
    public void Wrong_numbers_are_dropped(string scheme, string number) => Assert.Equal(Validity.Invalid, EuropeSchemes.Judge(scheme, number));

    [Theory]
    [InlineData("icao-document", "L01X00T47")]
    [InlineData("fr-vat", "FRK7399859412")] // a key with letters
    public void Numbers_without_a_check_that_proves_are_left_undecided(string scheme, string number) => Assert.Equal(Validity.Undecided, EuropeSchemes.Judge(scheme, number));
}
