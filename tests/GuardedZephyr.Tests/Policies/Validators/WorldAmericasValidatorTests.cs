using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>The Americas: numbers that the authorities publish as examples, or derived from their rules.</summary>
public sealed class WorldAmericasValidatorTests
{
    [Theory]
    [InlineData("ca-sin", "046 454 286")]
    [InlineData("ca-sin", "130-692-544")]
    [InlineData("ca-business-number", "123456782RT0001")]
    [InlineData("ca-business-number", "123 456 782")]
    [InlineData("ca-ontario-health", "1234-567-897-AB")]
    [InlineData("ca-ontario-health", "9876543217")]
    [InlineData("ca-bc-health", "9698 658 215")]
    [InlineData("ca-bc-health", "9000000018")]
    [InlineData("mx-curp", "BOXW310820HNERXN09")]
    [InlineData("mx-curp", "HEGG560427MVZRRL04")] // RENAPO's specimen
    [InlineData("mx-rfc", "GODE561231GR8")] // SAT's example
    [InlineData("mx-rfc", "EKU9003173C9")] // SAT's test company
    [InlineData("mx-rfc", "eku-900317-3c9")]
    [InlineData("mx-nss", "12-34-56-7890-3")]
    [InlineData("mx-nss", "98765432103")]
    [InlineData("mx-clabe", "032180000118359719")]
    [InlineData("mx-clabe", "002 010 07777777777 1")]
    [InlineData("br-cpf", "111.444.777-35")]
    [InlineData("br-cpf", "529.982.247-25")]
    [InlineData("br-cnpj", "11.222.333/0001-81")]
    [InlineData("br-cnpj", "12.ABC.345/01DE-35")] // Receita Federal's example of the form with letters
    [InlineData("br-cnpj", "12abc34501de35")]
    [InlineData("br-pis", "170.33333.39-9")]
    [InlineData("br-pis", "12056412340")]
    [InlineData("br-cnh", "97625655678")]
    [InlineData("br-cnh", "62472927637")]
    [InlineData("br-cnh", "11111112804")] // a first check digit of 10
    [InlineData("br-voter", "0043 5687 0906")]
    [InlineData("br-voter", "102385010671")]
    [InlineData("br-voter", "123456010116")] // remainder 0 gives 1 in São Paulo ...
    [InlineData("br-voter", "123456010604")] // ... and 0 elsewhere
    [InlineData("ar-cuit", "20-05536168-2")]
    [InlineData("ar-cuit", "30-50001091-2")]
    [InlineData("ar-cbu", "2850590940090418135201")]
    [InlineData("ar-cbu", "01700992 20000067797370")]
    [InlineData("cl-rut", "12.345.678-5")]
    [InlineData("cl-rut", "60803000-K")]
    [InlineData("cl-rut", "60803000k")]
    [InlineData("co-nit", "213.123.432-1")]
    [InlineData("co-nit", "800197268-4")]
    [InlineData("pe-ruc", "20131312955")] // SUNAT's own
    [InlineData("pe-ruc", "20512333797")]
    public void Right_check_characters_prove_a_number(string validator, string number) => Assert.Equal(Validity.Valid, WorldValidation.Of(validator, number));

    [Theory]
    [InlineData("ca-quebec-health", "ABCD 9051 0112")]
    [InlineData("ca-quebec-health", "abcd90010112")]
    [InlineData("mx-rfc", "GODE561231GR7")] // old numbers have wrong check characters
    [InlineData("mx-rfc", "ÑAÑ561231GR7")]
    public void Structure_alone_leaves_a_number_undecided(string validator, string number) => Assert.Equal(Validity.Undecided, WorldValidation.Of(validator, number));

    [Theory]
    [InlineData("ca-sin", "046 454 287")]
    [InlineData("ca-sin", "846454288")]
    [InlineData("ca-sin", "000000000")]
    [InlineData("ca-sin", "04645428")]
    [InlineData("ca-business-number", "123456783RT0001")]
    [InlineData("ca-business-number", "12345678RT00012")]
    [InlineData("ca-ontario-health", "1234567898")]
    [InlineData("ca-ontario-health", "0234567899")]
    [InlineData("ca-bc-health", "9698658216")]
    [InlineData("ca-bc-health", "8698658215")]
    [InlineData("ca-bc-health", "912345678A")]
    [InlineData("ca-quebec-health", "ABCD 9013 0112")]
    [InlineData("ca-quebec-health", "ABC1 9051 0112")]
    [InlineData("mx-curp", "BOXW310820HNERXN08")]
    [InlineData("mx-curp", "BOXW311320HNERXN09")]
    [InlineData("mx-rfc", "GODE561331GR8")]
    [InlineData("mx-rfc", "GODEX561231GR8")]
    [InlineData("mx-rfc", "GO561231GR8")]
    [InlineData("mx-nss", "12345678904")]
    [InlineData("mx-nss", "00000000000")]
    [InlineData("mx-clabe", "032180000118359718")]
    [InlineData("mx-clabe", "000000000000000000")]
    [InlineData("br-cpf", "111.444.777-36")]
    [InlineData("br-cpf", "111.444.777-45")]
    [InlineData("br-cpf", "111.111.111-11")]
    [InlineData("br-cnpj", "11.222.333/0001-82")]
    [InlineData("br-cnpj", "12.ABC.345/01DF-35")]
    [InlineData("br-cnpj", "00000000000000")]
    [InlineData("br-pis", "170.33333.39-8")]
    [InlineData("br-pis", "00000000000")]
    [InlineData("br-cnh", "97625655679")]
    [InlineData("br-cnh", "97625655668")]
    [InlineData("br-cnh", "11111111111")]
    [InlineData("br-voter", "004356870907")]
    [InlineData("br-voter", "004356872906")]
    [InlineData("ar-cuit", "20-05536168-3")]
    [InlineData("ar-cuit", "21-05536168-2")]
    [InlineData("ar-cbu", "2850590940090418135202")]
    [InlineData("ar-cbu", "2850590840090418135201")]
    [InlineData("cl-rut", "12.345.678-6")]
    [InlineData("cl-rut", "60803000-1")]
    [InlineData("cl-rut", "6080K000-K")]
    [InlineData("co-nit", "213.123.432-2")]
    [InlineData("co-nit", "13123432-1")]
    [InlineData("pe-ruc", "20131312956")]
    [InlineData("pe-ruc", "30131312955")]
    public void Number_that_the_scheme_cannot_give_is_refused(string validator, string number) => Assert.Equal(Validity.Invalid, WorldValidation.Of(validator, number));
}
