namespace GuardedZephyr.Policies;

/// <summary>Numbers of Switzerland.</summary>
internal static class Switzerland
{
    /// <summary>AHV number: Zentrale Ausgleichsstelle; 756, nine digits, the check digit of EAN-13.</summary>
    public static Validation Ahv(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[13]);
        return Validation.Of(
            digits.Length == 13 && digits[..3] is "756" && Weighted.Sum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 == 0,
            candidate);
    }

    /// <summary>UID of a company: Bundesamt für Statistik, eCH-0097; modulus 11, no check digit 10.</summary>
    public static Validation Uid(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(
            digits.Length == 9 && digits.ContainsAnyExcept('0') && Weighted.Sum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 1]) % 11 == 0,
            candidate);
    }
}
