namespace GuardedZephyr.Policies;

/// <summary>Numbers of Japan.</summary>
internal static class Japan
{
    /// <summary>Individual number ("My Number"): Ministry of Internal Affairs and Communications, Ordinance 85 of 2014, article 5.</summary>
    public static Validation MyNumber(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[12]);
        return Validation.Of(
            digits.Length == 12 && digits.ContainsAnyExcept('0')
                && WorldText.Ends(digits, WorldText.Mod11OrZero(Weighted.Sum(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]))),
            candidate);
    }

    /// <summary>Corporate number: National Tax Agency, the check digit by modulus 9 stands first.</summary>
    public static Validation CorporateNumber(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[13]);
        return Validation.Of(digits.Length == 13 && digits[0] - '0' == 9 - (Weighted.Sum(digits[1..], [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) % 9), candidate);
    }
}
