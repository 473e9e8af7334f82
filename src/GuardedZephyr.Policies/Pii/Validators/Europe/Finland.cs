namespace GuardedZephyr.Policies;

/// <summary>Numbers of Finland.</summary>
internal static class Finland
{
    private const string Checks = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    /// <summary>
    /// Personal identity code: government decree 128/2010 and, for the separators since 2023, its change 690/2022. Day, month, year, a
    /// separator for the century, a number from 002 (900 on are temporary), a check character: the nine digits modulo 31.
    /// </summary>
    public static Validation PersonalIdentityCode(ReadOnlySpan<char> candidate)
    {
        if (candidate.Length != 11)
        {
            return Validation.Invalid;
        }

        var digits = Characters.Digits([.. candidate[..6], .. candidate[7..10]], stackalloc char[9]);
        if (digits.Length != 9 || Century(candidate[6]) is not { } century || DecimalNumber.Mod(digits[6..], 1000) < 2)
        {
            return Validation.Invalid;
        }

        var isDay = BirthDigits.IsDay(century + BirthDigits.Pair(digits, 4), BirthDigits.Pair(digits, 2), BirthDigits.Pair(digits, 0));
        return Validation.Of(isDay && Checks[DecimalNumber.Mod(digits, 31)] == char.ToUpperInvariant(candidate[10]), candidate);
    }

    /// <summary>Business ID (Y-tunnus), also the VAT number: Finnish Patent and Registration Office, modulus 11, no check digit 10.</summary>
    public static Validation BusinessId(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[8]);
        return Validation.Of(
            digits.Length == 8 && digits.ContainsAnyExcept('0') && Weighted.Sum(digits, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 == 0,
            candidate);
    }

    private static int? Century(char separator) => char.ToUpperInvariant(separator) switch
    {
        '+' => 1800,
        '-' or 'Y' or 'X' or 'W' or 'V' or 'U' => 1900,
        >= 'A' and <= 'F' => 2000,
        _ => null,
    };
}
