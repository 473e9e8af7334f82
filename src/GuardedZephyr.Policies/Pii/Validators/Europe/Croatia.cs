namespace GuardedZephyr.Policies;

/// <summary>OIB of persons and companies in Croatia, also in the VAT number: zakon o osobnom identifikacijskom broju; ISO/IEC 7064 MOD 11,10.</summary>
internal static class Croatia
{
    public static Validation Oib(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(digits.Length == 11 && !Characters.AreAllEqual(digits) && Iso7064.Mod11_10(digits), candidate);
    }
}
