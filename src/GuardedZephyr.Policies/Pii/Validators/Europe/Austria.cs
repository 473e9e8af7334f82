namespace GuardedZephyr.Policies;

/// <summary>Numbers of Austria.</summary>
internal static class Austria
{
    /// <summary>
    /// Sozialversicherungsnummer: Dachverband der Sozialversicherungsträger; three digits from 100, a check digit, the birth date (months 13 to 15
    /// when a day's numbers are used up); weights 3 7 9 and 5 8 4 2 1 6, modulus 11, no check digit 10.
    /// </summary>
    public static Validation SocialSecurity(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return Validation.Of(
            digits.Length == 10 && digits[0] != '0' && BirthDigits.Pair(digits, 4) is >= 1 and <= 31 && BirthDigits.Pair(digits, 6) is >= 1 and <= 15
                && Weighted.Sum(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == digits[3] - '0',
            candidate);
    }

    /// <summary>UID: Bundesministerium für Finanzen; ATU and eight digits, digit sums with weights 1 2, and 4 added.</summary>
    public static Validation Vat(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[8]);
        if (digits.Length != 8)
        {
            return Validation.Invalid;
        }

        var sum = 4 + digits[7] - '0';
        for (var i = 0; i < 7; i++)
        {
            var weighted = (digits[i] - '0') * (1 + (i % 2));
            sum += (weighted / 10) + (weighted % 10);
        }

        return Validation.Of(sum % 10 == 0, candidate);
    }

    /// <summary>Abgabenkontonummer: Bundesministerium für Finanzen; two digits of the office, six, and the check digit of payment cards.</summary>
    public static Validation TaxNumber(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(digits.Length == 9 && digits.ContainsAnyExcept('0') && Luhn.Holds(digits), candidate);
    }
}
