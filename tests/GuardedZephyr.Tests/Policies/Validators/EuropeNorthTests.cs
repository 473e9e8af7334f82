using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class EuropeNorthTests
{
    [Theory]
    [InlineData("fi-personal-identity-code", "131052-308T")] // the code of the Digital and Population Data Services Agency's guide
    [InlineData("fi-personal-identity-code", "010594Y9021")] // that agency's test codes, with the separators of 2023
    [InlineData("fi-personal-identity-code", "020594X903P")]
    [InlineData("fi-personal-identity-code", "030594W903B")]
    [InlineData("fi-personal-identity-code", "040594V902Y")]
    [InlineData("fi-personal-identity-code", "050594U903M")]
    [InlineData("fi-personal-identity-code", "010516B903X")]
    [InlineData("fi-personal-identity-code", "010516c903x")]
    [InlineData("fi-business-id", "0112038-9")]
    [InlineData("fi-business-id", "1572860-0")]
    [InlineData("fi-business-id", "FI20774740")]
    [InlineData("se-personnummer", "640823-3234")] // Skatteverket, SKV 704
    [InlineData("se-personnummer", "811228-9874")]
    [InlineData("se-personnummer", "19121212-1212")]
    [InlineData("se-personnummer", "701063-2391")] // a samordningsnummer, SKV 707
    [InlineData("se-organisationsnummer", "556016-0680")]
    [InlineData("se-organisationsnummer", "202100-5489")] // Bolagsverket's own
    [InlineData("se-vat", "SE556016068001")]
    [InlineData("se-vat", "SE202100548901")]
    [InlineData("no-fodselsnummer", "010107 50160")]
    [InlineData("no-fodselsnummer", "13097248022")]
    [InlineData("no-fodselsnummer", "15108695088")]
    [InlineData("no-organisasjonsnummer", "974 760 673")] // Brønnøysundregistrene's own
    [InlineData("no-organisasjonsnummer", "NO923609016MVA")]
    [InlineData("dk-cpr", "070761-4285")] // CPR-kontoret's worked example
    [InlineData("dk-cpr", "211062-5629")]
    [InlineData("dk-cvr", "13585628")]
    [InlineData("dk-cvr", "DK25313763")]
    [InlineData("baltic-personal-code", "37605030299")] // Estonia's specimen
    [InlineData("baltic-personal-code", "38001085718")] // Estonia's specimen card
    [InlineData("baltic-personal-code", "33309240064")] // Lithuania
    [InlineData("lv-personal-code", "161175-19997")]
    [InlineData("lv-personal-code", "010100-20000")]
    [InlineData("ee-vat", "EE100931558")]
    [InlineData("ee-vat", "EE100594102")]
    public void Right_numbers_are_proved(string scheme, string number) => Assert.Equal(Validity.Valid, EuropeSchemes.Judge(scheme, number));

    [Theory]
    [InlineData("fi-personal-identity-code", "131052-308U")]
    [InlineData("fi-personal-identity-code", "311152-308T")] // no such day
    [InlineData("fi-personal-identity-code", "131052G308T")] // no such separator
    [InlineData("fi-personal-identity-code", "131052308T")]
    [InlineData("fi-business-id", "0112038-8")]
    [InlineData("fi-business-id", "0112083-9")]
    [InlineData("se-personnummer", "640823-3235")]
    [InlineData("se-personnummer", "641323-3234")] // no such month
    [InlineData("se-personnummer", "17640823-3234")] // no such century
    [InlineData("se-organisationsnummer", "556016-0681")]
    [InlineData("se-organisationsnummer", "640823-3234")] // a person's
    [InlineData("se-vat", "SE556016068002")]
    [InlineData("se-vat", "SE556016068101")]
    [InlineData("no-fodselsnummer", "15108695089")]
    [InlineData("no-fodselsnummer", "15108695098")]
    [InlineData("no-fodselsnummer", "15138695088")] // no such month
    [InlineData("no-fodselsnummer", "00000000000")]
    [InlineData("no-organisasjonsnummer", "974760674")]
    [InlineData("no-organisasjonsnummer", "123456785")] // begins with 1
    [InlineData("dk-cpr", "310261-4285")] // no such day
    [InlineData("dk-cpr", "071361-4285")]
    [InlineData("dk-cpr", "070761-428")]
    [InlineData("dk-cvr", "13585627")]
    [InlineData("dk-cvr", "03585628")]
    [InlineData("baltic-personal-code", "37605030298")]
    [InlineData("baltic-personal-code", "37613030299")] // no such month
    [InlineData("baltic-personal-code", "97605030299")]
    [InlineData("lv-personal-code", "161175-19998")]
    [InlineData("lv-personal-code", "321375-1999")]
    [InlineData("ee-vat", "EE100931559")]
    public void Wrong_numbers_are_dropped(string scheme, string number) => Assert.Equal(Validity.Invalid, EuropeSchemes.Judge(scheme, number));

    [Theory]
    [InlineData("dk-cpr", "070761-4286")] // modulus 11 fails, as it may since 2007
    [InlineData("dk-cpr", "010107-4000")]
    [InlineData("lv-personal-code", "328673-00679")] // of the new kind
    public void Numbers_without_a_check_that_proves_are_left_undecided(string scheme, string number) => Assert.Equal(Validity.Undecided, EuropeSchemes.Judge(scheme, number));
}
