namespace GuardedZephyr.Policies;

/// <summary>Numbers of France.</summary>
internal static class France
{
    /// <summary>
    /// NIR, the social security number: décret 82-103; sex, year and month of birth, department, municipality, order, and a key: 97 less the
    /// rest modulo 97. Corsica's 2A and 2B count as 19 and 18.
    /// </summary>
    public static Validation Nir(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[15]);
        if (text.Length != 15)
        {
            return Validation.Invalid;
        }

        Span<char> digits = stackalloc char[15];
        text.CopyTo(digits);
        if (text[5..7] is "2A" or "2B")
        {
            digits[5] = '1';
            digits[6] = text[6] == 'A' ? '9' : '8';
        }

        return Validation.Of(!digits.ContainsAnyExceptInRange('0', '9') && HasMonth(digits) && 97 - DecimalNumber.Mod(digits[..13], 97) == BirthDigits.Pair(digits, 13), candidate);
    }

    /// <summary>SIREN of a company: INSEE; the check digit of payment cards.</summary>
    public static Validation Siren(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(digits.Length == 9 && digits.ContainsAnyExcept('0') && Luhn.Holds(digits), candidate);
    }

    /// <summary>SIRET of an establishment: a SIREN and five digits, again with that check digit; those of La Poste have a digit sum that 5 divides instead.</summary>
    public static Validation Siret(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[14]);
        var isRight = digits.Length == 14 && digits[..9].ContainsAnyExcept('0') && Luhn.Holds(digits[..9])
            && (Luhn.Holds(digits) || (digits[..9] is "356000000" && Weighted.Sum(digits, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 5 == 0));
        return Validation.Of(isRight, candidate);
    }

    /// <summary>Numéro fiscal (SPI) of a person: Direction générale des Finances publiques; begins with 0 to 3, the last three digits are the first ten modulo 511.</summary>
    public static Validation FiscalNumber(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[13]);
        return Validation.Of(
            digits.Length == 13 && digits[0] <= '3' && digits.ContainsAnyExcept('0') && DecimalNumber.Mod(digits[..10], 511) == DecimalNumber.Mod(digits[10..], 1000),
            candidate);
    }

    /// <summary>VAT number: code général des impôts, article 286 ter; a key of 12 and three times the SIREN, modulo 97. A key with letters has no published rule.</summary>
    public static Validation Vat(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[13]);
        if (text.Length != 13 || text[4..].ContainsAnyExceptInRange('0', '9') || !Luhn.Holds(text[4..]))
        {
            return Validation.Invalid;
        }

        return text[2..4].ContainsAnyExceptInRange('0', '9')
            ? Validation.Undecided(candidate)
            : Validation.Of((12 + (3 * DecimalNumber.Mod(text[4..], 97))) % 97 == BirthDigits.Pair(text, 2), candidate);
    }

    /// <summary>Months that are not known, or of births entered late, go from 20 to 42 and from 50 on.</summary>
    private static bool HasMonth(ReadOnlySpan<char> digits) => BirthDigits.Pair(digits, 3) is (>= 1 and <= 12) or (>= 20 and <= 42) or >= 50;
}
