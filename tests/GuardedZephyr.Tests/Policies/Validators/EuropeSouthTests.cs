using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class EuropeSouthTests
{
    [Theory]
    [InlineData("es-nif", "12345678Z")] // the example of the ministry
    [InlineData("es-nif", "54362315-K")]
    [InlineData("es-nif", "99999999R")] // the specimen of the electronic card
    [InlineData("es-nif", "00000000T")]
    [InlineData("es-nie", "X2482300W")]
    [InlineData("es-nie", "X-1234567-L")]
    [InlineData("es-nie", "Y1234567X")]
    [InlineData("es-nie", "Z1234567R")]
    [InlineData("es-cif", "A58818501")]
    [InlineData("es-cif", "A13585625")]
    [InlineData("es-cif", "J99216582")]
    [InlineData("es-cif", "Q2826000H")] // Agencia Tributaria's own
    [InlineData("es-cif", "P2807900B")] // the city of Madrid's own
    [InlineData("es-social-security", "281234567840")]
    [InlineData("es-social-security", "28/12345678/40")]
    [InlineData("es-social-security", "08 01234567 74")] // under ten million
    [InlineData("it-fiscal-code", "RSSMRA80A01H501U")]
    [InlineData("it-fiscal-code", "MRTMTT91D08F205J")]
    [InlineData("it-fiscal-code", "RSSMRA80A01H50MM")] // with a digit replaced for omocodia
    [InlineData("it-fiscal-code", "rssmra80a41h501y")]
    [InlineData("it-vat", "00743110157")]
    [InlineData("it-vat", "IT 01114601006")] // Poste Italiane's own
    [InlineData("it-vat", "00905811006")]
    [InlineData("pt-nif", "501964843")]
    [InlineData("pt-nif", "PT 123 456 789")]
    [InlineData("pt-nif", "500697256")]
    [InlineData("pt-citizen-card", "00000000 0 ZZ4")] // the specimen card
    [InlineData("pt-citizen-card", "000000000ZZ4")]
    [InlineData("pt-social-security", "12345678902")]
    [InlineData("pt-social-security", "11111111110")]
    [InlineData("gr-afm", "094259216")]
    [InlineData("gr-afm", "EL 123456783")]
    [InlineData("gr-afm", "094014201")]
    [InlineData("gr-amka", "01013099997")]
    [InlineData("gr-amka", "01018312346")]
    public void Right_numbers_are_proved(string scheme, string number) => Assert.Equal(Validity.Valid, EuropeSchemes.Judge(scheme, number));

    [Theory]
    [InlineData("es-nif", "12345678A")]
    [InlineData("es-nif", "12345687Z")]
    [InlineData("es-nif", "1234567Z")]
    [InlineData("es-nie", "X1234567X")]
    [InlineData("es-nie", "Y1234567L")]
    [InlineData("es-nie", "W1234567L")]
    [InlineData("es-cif", "A58818502")]
    [InlineData("es-cif", "Q28260008")] // must have a letter
    [InlineData("es-cif", "A5881850A")] // must have a digit
    [InlineData("es-cif", "I58818501")]
    [InlineData("es-social-security", "281234567841")]
    [InlineData("es-social-security", "991234567840")] // no such province
    [InlineData("it-fiscal-code", "RSSMRA80A01H501T")]
    [InlineData("it-fiscal-code", "RSSMRA80A32H501U")]
    [InlineData("it-fiscal-code", "RSSMRA80F01H501U")] // no such month
    [InlineData("it-fiscal-code", "RSSMRA80A01H501")]
    [InlineData("it-vat", "00743110158")]
    [InlineData("it-vat", "00743110517")]
    [InlineData("it-vat", "00000000000")]
    [InlineData("pt-nif", "501964842")]
    [InlineData("pt-nif", "401964843")]
    [InlineData("pt-nif", "50196484")]
    [InlineData("pt-citizen-card", "00000000 0 ZZ5")]
    [InlineData("pt-citizen-card", "00000001 0 ZZ4")]
    [InlineData("pt-social-security", "12345678903")]
    [InlineData("pt-social-security", "32345678902")]
    [InlineData("gr-afm", "094259217")]
    [InlineData("gr-afm", "000000000")]
    [InlineData("gr-amka", "01013099999")]
    [InlineData("gr-amka", "32013099997")]
    public void Wrong_numbers_are_dropped(string scheme, string number) => Assert.Equal(Validity.Invalid, EuropeSchemes.Judge(scheme, number));
}
