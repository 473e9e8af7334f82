namespace GuardedZephyr.Policies;

/// <summary>Numbers of Belgium: the last two digits are 97 less the rest modulo 97, or that rest.</summary>
internal static class Belgium
{
    /// <summary>
    /// Rijksregisternummer and BIS number: koninklijk besluit of 3 April 1984; birth date, three digits, two check digits, for which a 2 goes in front
    /// of those born from 2000 on. The month is 20 or 40 more in a BIS number; parts of the date that are not known are 0.
    /// </summary>
    public static Validation NationalNumber(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        if (digits.Length != 11 || BirthDigits.Pair(digits, 2) % 20 > 12 || BirthDigits.Pair(digits, 2) > 52 || BirthDigits.Pair(digits, 4) > 31)
        {
            return Validation.Invalid;
        }

        var check = BirthDigits.Pair(digits, 9);
        return Validation.Of(
            digits[..9].ContainsAnyExcept('0') && (97 - DecimalNumber.Mod(digits[..9], 97) == check || 97 - DecimalNumber.Mod(['2', .. digits[..9]], 97) == check),
            candidate);
    }

    /// <summary>Enterprise number, also the VAT number: koninklijk besluit of 24 June 2003; ten digits that begin with 0 or 1.</summary>
    public static Validation Enterprise(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return Validation.Of(
            digits.Length == 10 && digits[0] <= '1' && digits[..8].ContainsAnyExcept('0') && 97 - DecimalNumber.Mod(digits[..8], 97) == BirthDigits.Pair(digits, 8),
            candidate);
    }

    /// <summary>Identity card: twelve digits, the last two are the first ten modulo 97, with 97 for 0.</summary>
    public static Validation IdentityCard(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[12]);
        if (digits.Length != 12 || !digits[..10].ContainsAnyExcept('0'))
        {
            return Validation.Invalid;
        }

        var rest = DecimalNumber.Mod(digits[..10], 97);
        return Validation.Of((rest == 0 ? 97 : rest) == BirthDigits.Pair(digits, 10), candidate);
    }
}
