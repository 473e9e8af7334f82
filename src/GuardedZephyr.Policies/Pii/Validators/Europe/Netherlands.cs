namespace GuardedZephyr.Policies;

/// <summary>Numbers of the Netherlands.</summary>
internal static class Netherlands
{
    /// <summary>Burgerservicenummer: Rijksdienst voor Identiteitsgegevens, the "11-proef": weights 9 to 2 and -1. Eight digits lack their leading zero.</summary>
    public static Validation Bsn(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(
            digits.Length is 8 or 9 && !Characters.AreAllEqual(digits) && PassesElevenTest(digits.Length == 9 ? digits : ['0', .. digits]),
            candidate);
    }

    /// <summary>VAT number: Belastingdienst; since 2020 modulo 97-10 over all of it, before a number that passes the 11-test, B, and two digits.</summary>
    public static Validation Vat(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[14]);
        return Validation.Of(
            text.Length == 14 && !text[2..11].ContainsAnyExceptInRange('0', '9') && (Iso7064.Mod97_10(text) || PassesElevenTest(text[2..11])),
            candidate);
    }

    private static bool PassesElevenTest(ReadOnlySpan<char> digits) =>
        digits.ContainsAnyExcept('0') && Weighted.Sum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0;
}
