namespace GuardedZephyr.Tests.Policies;

/// <summary>What the packs of Europe make of sentences when all packs of the standard policy read them together.</summary>
public sealed class EuropePacksTests
{
    [Theory]
    [InlineData("UK_NHS", "943 476 5919", "Her NHS number is 943 476 5919, phone to follow.")]
    [InlineData("UK_NINO", "AB 12 34 56 C", "NI number AB 12 34 56 C please")]
    [InlineData("UK_NINO", "JG103759A", "It is JG103759A.")]
    [InlineData("UK_POSTCODE", "SW1A 1AA", "Buckingham Palace, London SW1A 1AA")]
    [InlineData("UK_VEHICLE_REGISTRATION", "BD51 SMR", "My car's registration is BD51 SMR.")]
    [InlineData("UK_DRIVING_LICENCE", "MORGA657054SM9IJ", "licence MORGA657054SM9IJ 35")]
    [InlineData("UK_UTR", "1955839661", "UTR: 1955839661")]
    [InlineData("UK_COMPANY_NUMBER", "SC123456", "Company number SC123456")]
    [InlineData("UK_VAT", "GB 980 7806 84", "VAT: GB 980 7806 84")]
    [InlineData("ES_NIF", "12345678Z", "Mi DNI es 12345678Z, gracias.")]
    [InlineData("ES_NIE", "X-1234567-L", "NIE X-1234567-L")]
    [InlineData("ES_CIF", "A58818501", "la empresa con CIF A58818501")]
    [InlineData("ES_VAT", "ESA58818501", "VAT number ESA58818501")]
    [InlineData("ES_SOCIAL_SECURITY", "28/12345678/40", "Seguridad Social 28/12345678/40")]
    [InlineData("IT_FISCAL_CODE", "RSSMRA80A01H501U", "codice fiscale RSSMRA80A01H501U")]
    [InlineData("IT_VAT_CODE", "00743110157", "P. IVA 00743110157")]
    [InlineData("IT_IDENTITY_CARD", "CA00000AA", "carta d'identità n. CA00000AA")]
    [InlineData("PT_NIF", "501964843", "O meu NIF é 501964843")]
    [InlineData("PT_CC", "00000000 0 ZZ4", "cartão de cidadão 00000000 0 ZZ4")]
    [InlineData("PL_PESEL", "44051401359", "Mój PESEL to 44051401359")]
    [InlineData("PL_NIP", "856-734-62-15", "NIP: 856-734-62-15")]
    [InlineData("PL_REGON", "192598184", "REGON 192598184")]
    [InlineData("PL_IDENTITY_CARD", "ABS123456", "dowód osobisty ABS123456")]
    [InlineData("FI_PERSONAL_IDENTITY_CODE", "010594Y9021", "hetu 010594Y9021")]
    [InlineData("FI_BUSINESS_ID", "0112038-9", "Y-tunnus 0112038-9")]
    [InlineData("SE_PERSONNUMMER", "640823-3234", "Mitt personnummer är 640823-3234.")]
    [InlineData("SE_ORGANISATIONSNUMMER", "556016-0680", "org.nr 556016-0680")]
    [InlineData("NO_FODSELSNUMMER", "13097248022", "fødselsnummer: 13097248022")]
    [InlineData("NO_ORGANISASJONSNUMMER", "974 760 673", "Organisasjonsnummer 974 760 673")]
    [InlineData("DK_CPR", "070761-4285", "Mit CPR-nummer er 070761-4285")]
    [InlineData("DK_CVR", "13585628", "CVR-nr. 13585628")]
    [InlineData("DE_TAX_ID", "86 095 742 719", "Meine Steuer-ID: 86 095 742 719")]
    [InlineData("DE_ID_CARD", "L01X00T471", "Personalausweis L01X00T471")]
    [InlineData("DE_PASSPORT", "C01X00T478", "Reisepass C01X00T478")]
    [InlineData("DE_SOCIAL_SECURITY", "15 070649 C 103", "Rentenversicherung 15 070649 C 103")]
    [InlineData("DE_HEALTH_INSURANCE", "A123456780", "Krankenkasse: A123456780")]
    [InlineData("DE_VAT_ID", "DE136695976", "USt-IdNr. DE136695976")]
    [InlineData("FR_NIR", "2 69 05 49 588 157 80", "Sécurité sociale : 2 69 05 49 588 157 80")]
    [InlineData("FR_SIREN", "732 829 320", "SIREN 732 829 320")]
    [InlineData("FR_SIRET", "732 829 320 00074", "SIRET 732 829 320 00074")]
    [InlineData("FR_FISCAL_NUMBER", "30 23 217 600 053", "mon numéro fiscal 30 23 217 600 053")]
    [InlineData("FR_PASSPORT", "12AB34567", "passeport 12AB34567")]
    [InlineData("NL_BSN", "111222333", "Mijn BSN is 111222333")]
    [InlineData("NL_VAT", "NL000099998B57", "btw-id NL000099998B57")]
    [InlineData("BE_NATIONAL_NUMBER", "85.07.30-033.28", "rijksregisternummer 85.07.30-033.28")]
    [InlineData("BE_ENTERPRISE_NUMBER", "0403.019.261", "BCE 0403.019.261")]
    [InlineData("IE_PPS", "1234567FA", "My PPS number is 1234567FA")]
    [InlineData("AT_SVNR", "1237 010180", "SVNR 1237 010180")]
    [InlineData("CH_AHV", "756.1234.5678.97", "AHV-Nr. 756.1234.5678.97")]
    [InlineData("CZ_BIRTH_NUMBER", "710319/2745", "Moje rodné číslo je 710319/2745.")]
    [InlineData("EE_PERSONAL_CODE", "37605030299", "Minu isikukood on 37605030299")]
    [InlineData("LT_PERSONAL_CODE", "33309240064", "Asmens kodas 33309240064")]
    [InlineData("LV_PERSONAL_CODE", "161175-19997", "personas kods 161175-19997")]
    [InlineData("RO_CNP", "1630615123457", "CNP 1630615123457")]
    [InlineData("GR_AFM", "094259216", "ΑΦΜ 094259216")]
    [InlineData("HU_TAJ", "123 456 788", "TAJ szám: 123 456 788")]
    [InlineData("BG_EGN", "7523169263", "ЕГН 7523169263")]
    [InlineData("HR_OIB", "33392005961", "OIB 33392005961")]
    [InlineData("SI_EMSO", "0101006500006", "EMŠO 0101006500006")]
    [InlineData("LU_NATIONAL_ID", "1893120105732", "matricule 1893120105732")]
    public void Number_is_found_under_its_own_name(string entity, string value, string text)
    {
        var found = ShippedPolicies.Pii.Find(text).Where(finding => finding.Score >= 0.5);

        Assert.Contains(found, finding => finding.Category == entity && finding.TextOf(text) == value);
    }

    [Theory]
    [InlineData("My phone number is 02011111111.")]
    [InlineData("see DOC-201210-1034, ORDER-201001-9566 and INV-640823-3234")]
    [InlineData("version 6.0.2900.2180.xpsp2_gdr.050301-1519")]
    [InlineData("Her ssn is 660487647 and his social security number 111222333.")]
    [InlineData("IMEI 470508083254659, IP 215.48.160.48, plate unknown")]
    [InlineData("order number AB123456C, invoice 12345678A, INV-12345678Z")]
    [InlineData("The meeting of 12/10/2024 is in B12 3rd floor, gate A1 at 10:30.")]
    [InlineData("We sold 12345678 units of SKU A12345674 and 1234567-8 others.")]
    [InlineData("timestamps 1701124567890 and 1764000000000, ids 4012345678901 and 20241123")]
    [InlineData("What is the passport fee, and do I need a new licence or an id card?")]
    public void Other_texts_are_left_alone(string text) =>
        Assert.DoesNotContain(ShippedPolicies.Pii.Find(text), finding => finding.Score >= 0.5 && IsEuropean(finding.Category));

    private static bool IsEuropean(string category) =>
        category is [>= 'A' and <= 'Z', >= 'A' and <= 'Z', '_', ..] && !category.StartsWith("US_", StringComparison.Ordinal) && !category.StartsWith("IP_", StringComparison.Ordinal);
}
