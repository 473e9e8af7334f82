namespace GuardedZephyr.Policies;

/// <summary>Numbers of Luxembourg.</summary>
internal static class Luxembourg
{
    /// <summary>
    /// National identification number: loi du 19 juin 2013, règlement grand-ducal du 28 novembre 2013; birth date with century, three digits, and
    /// two check digits over the first eleven: one as of payment cards, one by Verhoeff.
    /// </summary>
    public static Validation NationalId(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[13]);
        return Validation.Of(
            digits.Length == 13
                && BirthDigits.IsDay(DecimalNumber.Mod(digits[..4], 10_000), BirthDigits.Pair(digits, 4), BirthDigits.Pair(digits, 6))
                && Luhn.Holds(digits[..12]) && Verhoeff.Holds([.. digits[..11], digits[12]]),
            candidate);
    }

    /// <summary>VAT number: Administration de l'enregistrement; the last two digits are the first six modulo 89.</summary>
    public static Validation Vat(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[8]);
        return Validation.Of(
            digits.Length == 8 && digits[..6].ContainsAnyExcept('0') && DecimalNumber.Mod(digits[..6], 89) == BirthDigits.Pair(digits, 6),
            candidate);
    }
}
