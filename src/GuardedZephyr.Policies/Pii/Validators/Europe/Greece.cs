namespace GuardedZephyr.Policies;

/// <summary>Numbers of Greece.</summary>
internal static class Greece
{
    /// <summary>AFM, the tax number: Independent Authority for Public Revenue; powers of two from 256 down, modulus 11, 10 written 0.</summary>
    public static Validation Afm(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(
            digits.Length == 9 && digits.ContainsAnyExcept('0') && Weighted.Sum(digits, [256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == digits[8] - '0',
            candidate);
    }

    /// <summary>AMKA, the social security number: law 3655/2008; birth date, four digits, the check digit of payment cards.</summary>
    public static Validation Amka(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(
            digits.Length == 11 && BirthDigits.IsDayOfSomeCentury(BirthDigits.Pair(digits, 4), BirthDigits.Pair(digits, 2), BirthDigits.Pair(digits, 0)) && Luhn.Holds(digits),
            candidate);
    }
}
