using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

public sealed class ChecksumTests
{
    [Theory]
    [InlineData("2363", true)] // Verhoeff's own example
    [InlineData("123451", true)]
    [InlineData("1428570", true)]
    [InlineData("2364", false)]
    [InlineData("3263", false)]
    public void Verhoeff_holds(string digits, bool expected) => Assert.Equal(expected, Verhoeff.Holds(digits));

    [Theory]
    [InlineData("5724", true)] // Damm's own example
    [InlineData("5727", false)]
    [InlineData("7524", false)]
    public void Damm_holds(string digits, bool expected) => Assert.Equal(expected, Damm.Holds(digits));

    [Theory]
    [InlineData("07940", "MOD 11-2", true)] // the standard's examples
    [InlineData("079X", "MOD 11-2", true)]
    [InlineData("07930", "MOD 11-2", false)]
    [InlineData("0000000218250097", "MOD 11-2", true)] // an ISNI
    [InlineData("79444", "MOD 97-10", true)]
    [InlineData("79417", "MOD 97-10", false)]
    [InlineData("07945", "MOD 11,10", true)]
    [InlineData("07946", "MOD 11,10", false)]
    [InlineData("A12425GABC1234002M", "MOD 37,36", true)] // a GRid
    [InlineData("A12425GABC1234002N", "MOD 37,36", false)]
    [InlineData("A999914123456N", "MOD 37-2", true)] // an ISBT 128 donation number
    [InlineData("A999914123457N", "MOD 37-2", false)]
    public void Iso_7064_holds(string text, string system, bool expected) => Assert.Equal(expected, system switch
    {
        "MOD 11-2" => Iso7064.Mod11_2(text),
        "MOD 37-2" => Iso7064.Mod37_2(text),
        "MOD 97-10" => Iso7064.Mod97_10(text),
        "MOD 11,10" => Iso7064.Mod11_10(text),
        "MOD 37,36" => Iso7064.Mod37_36(text),
        _ => throw new ArgumentOutOfRangeException(nameof(system)),
    });

    [Fact]
    public void Weighted_sum_multiplies_each_digit_by_the_weight_of_its_place() => Assert.Equal(2 + 6 + 12, Weighted.Sum("1239", [2, 3, 4]));
}
