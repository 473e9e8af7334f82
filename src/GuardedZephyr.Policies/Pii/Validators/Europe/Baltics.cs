namespace GuardedZephyr.Policies;

/// <summary>Numbers of Estonia, Latvia and Lithuania.</summary>
internal static class Baltics
{
    /// <summary>
    /// Isikukood of Estonia (EVS 585) and asmens kodas of Lithuania (law I-2237), which are made alike: sex and century, birth date, three
    /// digits, a check digit with weights 1 to 9 and 1 or, where they give 10, 3 to 9 and 1 to 3, modulus 11.
    /// </summary>
    public static Validation PersonalCode(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        if (digits.Length != 11 || digits[0] is < '1' or > '8')
        {
            return Validation.Invalid;
        }

        var century = 1800 + (100 * ((digits[0] - '1') / 2));
        var rest = Weighted.Sum(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
        var check = rest == 10 ? Weighted.Sum(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10 : rest;
        return Validation.Of(
            BirthDigits.IsDay(century + BirthDigits.Pair(digits, 1), BirthDigits.Pair(digits, 3), BirthDigits.Pair(digits, 5)) && check == digits[10] - '0',
            candidate);
    }

    /// <summary>
    /// Personas kods of Latvia: population register law; day, month, year, century, three digits and a check digit with weights
    /// 10 5 8 4 2 1 6 3 7 9, modulus 11. Those given out since July 2017 begin with 32 and hold nothing that could be checked.
    /// </summary>
    public static Validation LatvianPersonalCode(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        if (digits.Length != 11)
        {
            return Validation.Invalid;
        }

        if (digits[..2] is "32")
        {
            return Validation.Undecided(candidate);
        }

        var isDay = digits[6] <= '2' && BirthDigits.IsDay(1800 + (100 * (digits[6] - '0')) + BirthDigits.Pair(digits, 4), BirthDigits.Pair(digits, 2), BirthDigits.Pair(digits, 0));
        var check = (1 + Weighted.Sum(digits, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10;
        return Validation.Of(isDay && check == digits[10] - '0', candidate);
    }

    /// <summary>KMKR, Estonia's VAT number: Maksu- ja Tolliamet; weights 3 7 1, modulus 10.</summary>
    public static Validation EstonianVat(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(
            digits.Length == 9 && digits.ContainsAnyExcept('0') && Weighted.Sum(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 == 0,
            candidate);
    }
}
