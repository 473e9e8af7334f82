namespace GuardedZephyr.Policies;

/// <summary>
/// Numbers of South Korea. Resident and foreigner registration numbers that were given out since October 2020 have random digits behind the
/// sex digit (Ministry of the Interior and Safety), so a wrong check digit proves nothing: it leaves them undecided.
/// </summary>
internal static class SouthKorea
{
    /// <summary>Resident registration number: date of birth, sex and century, check digit by modulus 11.</summary>
    public static Validation Rrn(ReadOnlySpan<char> candidate) => Registration(candidate, "123490", 11);

    /// <summary>Foreigner registration number: the same, with sex digits of its own and a check digit that is 2 higher.</summary>
    public static Validation Frn(ReadOnlySpan<char> candidate) => Registration(candidate, "5678", 13);

    /// <summary>Business registration number: National Tax Service, weights 1, 3, 7 and the tens of the ninth product.</summary>
    public static Validation Brn(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        if (digits.Length != 10 || digits[..3] is "000" || digits[3..5] is "00")
        {
            return Validation.Invalid;
        }

        var sum = Weighted.Sum(digits, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + ((digits[8] - '0') * 5 / 10);
        return Validation.Of(WorldText.Ends(digits, (10 - (sum % 10)) % 10), candidate);
    }

    private static Validation Registration(ReadOnlySpan<char> candidate, string sexes, int highest)
    {
        var digits = Characters.Digits(candidate, stackalloc char[13]);
        if (digits.Length != 13 || !sexes.Contains(digits[6], StringComparison.Ordinal) || !WorldText.IsShortDate(digits))
        {
            return Validation.Invalid;
        }

        var check = (highest - (Weighted.Sum(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10;
        return WorldText.Ends(digits, check) ? Validation.Valid(candidate) : Validation.Undecided(candidate);
    }
}
