namespace GuardedZephyr.Policies;

/// <summary>Numbers that Czechia and Slovakia have in common from before 1993.</summary>
internal static class Czechoslovakia
{
    /// <summary>
    /// Birth number: zákon 133/2000 Sb., section 13, and zákon 301/1995 Z. z.; year, month (50 more for women; 20 more when a day's numbers are used up), day, and
    /// three digits before 1954, four since: eleven divides the whole, or the rest of the first nine is 10 and the last digit 0.
    /// </summary>
    public static Validation BirthNumber(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        if (digits.Length is not (9 or 10))
        {
            return Validation.Invalid;
        }

        var year = BirthDigits.Pair(digits, 0);
        var month = BirthDigits.Pair(digits, 2) % 50;
        var isDay = BirthDigits.IsDayOfSomeCentury(year, month > 20 ? month - 20 : month, BirthDigits.Pair(digits, 4));
        if (digits.Length == 9)
        {
            return isDay && year < 54 && digits[6..] is not "000" ? Validation.Undecided(candidate) : Validation.Invalid;
        }

        var isRight = DecimalNumber.Mod(digits, 11) == 0 || (DecimalNumber.Mod(digits[..9], 11) == 10 && digits[9] == '0');
        return Validation.Of(isDay && isRight, candidate);
    }

    /// <summary>IČO of a company: Czech Statistical Office and Statistical Office of the Slovak Republic; weights 8 to 2, modulus 11.</summary>
    public static Validation Ico(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[8]);
        return Validation.Of(digits.Length == 8 && digits.ContainsAnyExcept('0') && IsIco(digits), candidate);
    }

    /// <summary>Czech DIČ with its country: CZ and an IČO, or a birth number.</summary>
    public static Validation CzechVat(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return digits.Length == 8 ? Ico(candidate) : BirthNumber(candidate);
    }

    /// <summary>Slovak IČ DPH: Finančná správa; SK and ten digits that eleven divides.</summary>
    public static Validation SlovakVat(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return Validation.Of(digits.Length == 10 && digits[0] != '0' && DecimalNumber.Mod(digits, 11) == 0, candidate);
    }

    private static bool IsIco(ReadOnlySpan<char> digits) => (11 - (Weighted.Sum(digits, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 == digits[7] - '0';
}
