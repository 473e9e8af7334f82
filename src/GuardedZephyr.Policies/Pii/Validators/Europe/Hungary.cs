namespace GuardedZephyr.Policies;

/// <summary>Numbers of Hungary: act XX of 1996 on the identification of citizens, annex, unless told otherwise.</summary>
internal static class Hungary
{
    /// <summary>Personal identifier: sex and century, birth date, three digits, a check digit modulus 11 with weights 1 to 10, for those born from 1997 on 10 to 1.</summary>
    public static Validation PersonalId(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        if (digits.Length != 11 || digits[0] is '0' or '9')
        {
            return Validation.Invalid;
        }

        var isDay = BirthDigits.IsDayOfSomeCentury(BirthDigits.Pair(digits, 1), BirthDigits.Pair(digits, 3), BirthDigits.Pair(digits, 5));
        var older = Weighted.Sum(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) % 11;
        var newer = Weighted.Sum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
        return Validation.Of(isDay && (older == digits[10] - '0' || newer == digits[10] - '0'), candidate);
    }

    /// <summary>Tax identifier of a person: begins with 8, weights 1 to 9, modulus 11, no check digit 10.</summary>
    public static Validation TaxId(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return Validation.Of(
            digits.Length == 10 && digits[0] == '8' && Weighted.Sum(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 == digits[9] - '0',
            candidate);
    }

    /// <summary>TAJ, the health insurance number: weights 3 7, modulus 10.</summary>
    public static Validation Taj(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(
            digits.Length == 9 && digits.ContainsAnyExcept('0') && Weighted.Sum(digits, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 == digits[8] - '0',
            candidate);
    }

    /// <summary>Tax number of a company: act CL of 2017, annex 1; the eighth of its digits makes the sum with weights 9 7 3 1 a multiple of ten; VAT code and county may follow.</summary>
    public static Validation CompanyTaxNumber(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(
            digits.Length is 8 or 11 && digits[0] != '0' && Weighted.Sum(digits, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 == 0,
            candidate);
    }
}
