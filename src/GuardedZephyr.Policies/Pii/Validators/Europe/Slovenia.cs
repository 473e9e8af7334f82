namespace GuardedZephyr.Policies;

/// <summary>Numbers of Slovenia and, where they go back to Yugoslavia, of its neighbours.</summary>
internal static class Slovenia
{
    /// <summary>
    /// EMŠO (JMBG): central population register act; day, month, three digits of the year, region, three digits, a check digit with weights
    /// 7 to 2 twice, modulus 11.
    /// </summary>
    public static Validation Emso(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[13]);
        if (digits.Length != 13)
        {
            return Validation.Invalid;
        }

        var shortYear = DecimalNumber.Mod(digits[4..7], 1000);
        var year = shortYear + (shortYear >= 850 ? 1000 : 2000);
        return Validation.Of(
            year < 2100 && BirthDigits.IsDay(year, BirthDigits.Pair(digits, 2), BirthDigits.Pair(digits, 0))
                && Weighted.Sum(digits, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0,
            candidate);
    }

    /// <summary>Davčna številka, also the VAT number: Finančna uprava; weights 8 to 2, modulus 11, 10 written 0.</summary>
    public static Validation TaxNumber(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[8]);
        if (digits.Length != 8 || digits[0] == '0')
        {
            return Validation.Invalid;
        }

        var check = 11 - (Weighted.Sum(digits, [8, 7, 6, 5, 4, 3, 2]) % 11);
        return Validation.Of(check != 11 && check % 10 == digits[7] - '0', candidate);
    }
}
