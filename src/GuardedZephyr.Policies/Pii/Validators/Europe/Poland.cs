namespace GuardedZephyr.Policies;

/// <summary>Numbers of Poland.</summary>
internal static class Poland
{
    /// <summary>
    /// PESEL: act of 24 September 2010 on the population register, article 15 on; birth date with the century in the month, weights 1 3 7 9.
    /// Only of people born from 1900 to 2099: the other centuries' months would let any number in and nobody is that old or young.
    /// </summary>
    public static Validation Pesel(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        if (digits.Length != 11)
        {
            return Validation.Invalid;
        }

        var month = BirthDigits.Pair(digits, 2);
        var year = (month > 20 ? 2000 : 1900) + BirthDigits.Pair(digits, 0);
        return Validation.Of(
            BirthDigits.IsDay(year, month > 20 ? month - 20 : month, BirthDigits.Pair(digits, 4))
                && Weighted.Sum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0,
            candidate);
    }

    /// <summary>NIP: regulation of the Minister of Finance on tax identification, modulus 11; what would need the check digit 10 is not issued.</summary>
    public static Validation Nip(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return Validation.Of(
            digits.Length == 10 && digits[0] != '0' && Weighted.Sum(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digits[9] - '0',
            candidate);
    }

    /// <summary>REGON: regulation of the Council of Ministers on the register of entities; nine digits, or fourteen for a local unit; modulus 11, 10 written 0.</summary>
    public static Validation Regon(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[14]);
        var isRight = digits.Length is 9 or 14
            && digits[..8].ContainsAnyExcept('0')
            && Weighted.Sum(digits, [8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == digits[8] - '0'
            && (digits.Length == 9 || Weighted.Sum(digits, [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10 == digits[13] - '0');
        return Validation.Of(isRight, candidate);
    }

    /// <summary>Identity card: three letters, a check digit, five digits; weights 7 3 1 around the check digit, letters as 10 to 35.</summary>
    public static Validation IdentityCard(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[9]);
        if (text.Length != 9 || text[3..].ContainsAnyExceptInRange('0', '9') || text[..3].ContainsAnyExceptInRange('A', 'Z'))
        {
            return Validation.Invalid;
        }

        var letters = (7 * (text[0] - 'A' + 10)) + (3 * (text[1] - 'A' + 10)) + text[2] - 'A' + 10;
        return Validation.Of((letters + Weighted.Sum(text[3..], [9, 7, 3, 1, 7, 3])) % 10 == 0, candidate);
    }
}
