namespace GuardedZephyr.Policies;

/// <summary>Numbers of Türkiye, Israel, the United Arab Emirates and Saudi Arabia.</summary>
internal static class MiddleEast
{
    /// <summary>TCKN: General Directorate of Civil Registration of Türkiye; eleven digits with two check digits by modulus 10.</summary>
    public static Validation TurkishId(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(
            digits.Length == 11 && digits[0] != '0'
                && WorldText.Ends(digits[..10], Weighted.Sum(digits, [7, 9, 7, 9, 7, 9, 7, 9, 7]) % 10)
                && WorldText.Ends(digits, Weighted.Sum(digits, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10),
            candidate);
    }

    /// <summary>Tax number: Revenue Administration of Türkiye; each digit is moved by its place, multiplied by a power of 2 and reduced by 9.</summary>
    public static Validation TurkishTax(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        if (digits.Length != 10 || Characters.AreAllEqual(digits))
        {
            return Validation.Invalid;
        }

        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            var moved = (digits[i] - '0' + 9 - i) % 10;
            var reduced = (moved << (9 - i)) % 9;
            sum += moved != 0 && reduced == 0 ? 9 : reduced;
        }

        return Validation.Of(WorldText.Ends(digits, (10 - (sum % 10)) % 10), candidate);
    }

    /// <summary>Identity number: Population and Immigration Authority of Israel; nine digits with their leading zeros, by Luhn.</summary>
    public static Validation IsraeliId(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(digits.Length is 8 or 9 && !Characters.AreAllEqual(digits) && Luhn.Holds(digits), candidate);
    }

    /// <summary>
    /// Emirates ID: Federal Authority for Identity, Citizenship, Customs and Port Security; 784 (the country by ISO 3166-1), year of birth,
    /// sequence, check digit by Luhn. The authority has not published the rule, so a wrong one leaves the number undecided.
    /// </summary>
    public static Validation EmiratesId(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[15]);
        if (digits.Length != 15 || digits[..3] is not "784" || WorldText.Number(digits[3..7]) is < 1900 or > 2099)
        {
            return Validation.Invalid;
        }

        return Luhn.Holds(digits) ? Validation.Valid(candidate) : Validation.Undecided(candidate);
    }

    /// <summary>National number (1) and iqama (2): Ministry of Interior of Saudi Arabia; ten digits by Luhn.</summary>
    public static Validation SaudiId(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return Validation.Of(digits.Length == 10 && digits[0] is ('1' or '2') && Luhn.Holds(digits), candidate);
    }
}
