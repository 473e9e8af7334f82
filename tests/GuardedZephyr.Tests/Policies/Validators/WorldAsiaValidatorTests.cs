using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>Asia: numbers that the authorities publish as examples, or derived from their rules.</summary>
public sealed class WorldAsiaValidatorTests
{
    [Theory]
    [InlineData("sg-nric-fin", "S1234567D")]
    [InlineData("sg-nric-fin", "T1234567J")]
    [InlineData("sg-nric-fin", "f1234567n")]
    [InlineData("sg-nric-fin", "G1234567X")]
    [InlineData("sg-nric-fin", "M1234567K")]
    [InlineData("sg-uen", "00192200M")]
    [InlineData("sg-uen", "53333444J")]
    [InlineData("sg-uen", "197401143C")]
    [InlineData("sg-uen", "199901152M")]
    [InlineData("sg-uen", "S16FC0121D")]
    [InlineData("sg-uen", "T01FC6132D")]
    [InlineData("in-aadhaar", "9999 4105 7058")] // UIDAI's test numbers
    [InlineData("in-aadhaar", "999971658847")]
    [InlineData("in-aadhaar", "9999-3311-9405")]
    [InlineData("in-gstin", "27AAPFU0939F1ZV")]
    [InlineData("in-gstin", "29AAGCB7383J1Z4")]
    [InlineData("kr-rrn", "900101-1234568")]
    [InlineData("kr-rrn", "850420-2345670")]
    [InlineData("kr-frn", "900101-5234561")]
    [InlineData("kr-frn", "8504206345673")]
    [InlineData("kr-brn", "116-82-00276")]
    [InlineData("kr-brn", "2208162517")]
    [InlineData("kr-brn", "124-81-00998")]
    [InlineData("th-tnin", "1-2345-67890-12-1")]
    [InlineData("th-tnin", "3101200123453")]
    [InlineData("jp-my-number", "1234 5678 9018")]
    [InlineData("jp-my-number", "366147983560")]
    [InlineData("jp-corporate-number", "5835678256246")] // the National Tax Agency's worked example
    [InlineData("jp-corporate-number", "7000012050002")] // the National Tax Agency's own
    [InlineData("cn-resident-id", "11010519491231002X")] // examples of GB 11643-1999
    [InlineData("cn-resident-id", "440524188001010014")]
    [InlineData("cn-resident-id", "11010519491231002x")]
    [InlineData("cn-uscc", "91350100M000100Y43")] // example of GB 32100-2015
    [InlineData("cn-uscc", "91110000600037341L")]
    [InlineData("hk-id", "A123456(3)")]
    [InlineData("hk-id", "G123456(A)")]
    [InlineData("hk-id", "AB987654(3)")]
    [InlineData("tw-national-id", "A123456789")]
    [InlineData("tw-national-id", "A800000014")] // specimen of the National Immigration Agency
    public void Right_check_characters_prove_a_number(string validator, string number) => Assert.Equal(Validity.Valid, WorldValidation.Of(validator, number));

    [Theory]
    [InlineData("kr-rrn", "900101-1234567")]
    [InlineData("kr-frn", "900101-5234567")]
    [InlineData("cn-resident-id", "110105491231002")]
    [InlineData("my-mykad", "900101-14-5678")]
    [InlineData("my-mykad", "000229 01 1234")]
    [InlineData("id-nik", "3171234501900123")]
    [InlineData("id-nik", "3273010101900001")]
    public void Structure_alone_leaves_a_number_undecided(string validator, string number) => Assert.Equal(Validity.Undecided, WorldValidation.Of(validator, number));

    [Theory]
    [InlineData("sg-nric-fin", "S1234567A")]
    [InlineData("sg-nric-fin", "M1234567X")]
    [InlineData("sg-nric-fin", "A1234567D")]
    [InlineData("sg-nric-fin", "S123456D")]
    [InlineData("sg-uen", "00192200X")]
    [InlineData("sg-uen", "197401143D")]
    [InlineData("sg-uen", "S16FC0121E")]
    [InlineData("sg-uen", "S16FC012")]
    [InlineData("in-aadhaar", "999941057059")]
    [InlineData("in-aadhaar", "199941057058")]
    [InlineData("in-aadhaar", "2023 2024 2025")] // years, though Verhoeff holds
    [InlineData("in-gstin", "27AAPFU0939F1ZW")]
    [InlineData("in-gstin", "77AAPFU0939F1ZV")]
    [InlineData("in-gstin", "27AAPF10939F1ZV")]
    [InlineData("kr-rrn", "901301-1234568")]
    [InlineData("kr-rrn", "900101-5234561")]
    [InlineData("kr-rrn", "900101-123456")]
    [InlineData("kr-frn", "900101-1234568")]
    [InlineData("kr-frn", "900230-5234561")]
    [InlineData("kr-brn", "116-82-00277")]
    [InlineData("kr-brn", "000-82-00276")]
    [InlineData("th-tnin", "1-2345-67890-12-2")]
    [InlineData("th-tnin", "9234567890121")]
    [InlineData("th-tnin", "123456789012")]
    [InlineData("jp-my-number", "123456789019")]
    [InlineData("jp-my-number", "000000000000")]
    [InlineData("jp-corporate-number", "6835678256246")]
    [InlineData("jp-corporate-number", "583567825624")]
    [InlineData("cn-resident-id", "110105194912310021")]
    [InlineData("cn-resident-id", "11010519491331002X")]
    [InlineData("cn-resident-id", "99010519491231002X")]
    [InlineData("cn-resident-id", "990105491231002")]
    [InlineData("cn-uscc", "91350100M000100Y44")]
    [InlineData("cn-uscc", "9135O100M000100Y43")] // no O
    [InlineData("hk-id", "A123456(4)")]
    [InlineData("hk-id", "A123456(B)")]
    [InlineData("hk-id", "ABC23456(3)")]
    [InlineData("tw-national-id", "A123456788")]
    [InlineData("tw-national-id", "A323456789")]
    [InlineData("my-mykad", "901301-14-5678")]
    [InlineData("my-mykad", "900101-70-5678")]
    [InlineData("id-nik", "9971234501900123")]
    [InlineData("id-nik", "3171237501900123")]
    [InlineData("id-nik", "3273010101900000")]
    public void Number_that_the_scheme_cannot_give_is_refused(string validator, string number) => Assert.Equal(Validity.Invalid, WorldValidation.Of(validator, number));
}
