namespace GuardedZephyr.Policies;

/// <summary>Numbers of Norway.</summary>
internal static class Norway
{
    /// <summary>
    /// Fødselsnummer and D-number: Skatteetaten; day (40 more in a D-number), month (40 or 80 more in numbers made for tests), year, three
    /// digits, two check digits with modulus 11.
    /// </summary>
    public static Validation Fodselsnummer(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        if (digits.Length != 11)
        {
            return Validation.Invalid;
        }

        var day = BirthDigits.Pair(digits, 0);
        var isDay = BirthDigits.IsDayOfSomeCentury(BirthDigits.Pair(digits, 4), BirthDigits.Pair(digits, 2) % 40, day > 40 ? day - 40 : day);
        return Validation.Of(
            isDay && Weighted.Sum(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 == 0 && Weighted.Sum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0,
            candidate);
    }

    /// <summary>Organisasjonsnummer, also the VAT number: Brønnøysundregistrene, modulus 11; begins with 8 or 9.</summary>
    public static Validation Organisasjonsnummer(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(
            digits.Length == 9 && digits[0] is '8' or '9' && Weighted.Sum(digits, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0,
            candidate);
    }
}
