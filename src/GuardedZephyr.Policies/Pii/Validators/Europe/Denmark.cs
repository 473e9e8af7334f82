namespace GuardedZephyr.Policies;

/// <summary>Numbers of Denmark.</summary>
internal static class Denmark
{
    /// <summary>
    /// CPR number: CPR-kontoret, "Personnummeret i CPR"; day, month, year, and four digits of which the first tells the century. Modulus 11
    /// proves a number, but numbers given out since 2007 need not pass it.
    /// </summary>
    public static Validation Cpr(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        if (digits.Length != 10 || !BirthDigits.IsDay(Year(digits), BirthDigits.Pair(digits, 2), BirthDigits.Pair(digits, 0)))
        {
            return Validation.Invalid;
        }

        return Weighted.Sum(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0 ? Validation.Valid(candidate) : Validation.Undecided(candidate);
    }

    /// <summary>CVR number of a company, also the VAT number: Erhvervsstyrelsen, modulus 11.</summary>
    public static Validation Cvr(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[8]);
        return Validation.Of(digits.Length == 8 && digits[0] != '0' && Weighted.Sum(digits, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0, candidate);
    }

    private static int Year(ReadOnlySpan<char> digits) => BirthDigits.Pair(digits, 4) + digits[6] switch
    {
        '4' or '9' when BirthDigits.Pair(digits, 4) <= 36 => 2000,
        >= '5' and <= '8' => BirthDigits.Pair(digits, 4) <= 57 ? 2000 : 1800,
        _ => 1900,
    };
}
