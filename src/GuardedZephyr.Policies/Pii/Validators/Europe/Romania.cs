namespace GuardedZephyr.Policies;

/// <summary>Numbers of Romania.</summary>
internal static class Romania
{
    /// <summary>
    /// Cod numeric personal: OUG 97/2005 and its norms, HG 1375/2006; sex and century, birth date, county, three digits, a check digit with weights
    /// 2 7 9 1 4 6 3 5 8 2 7 9, modulus 11, 10 written 1.
    /// </summary>
    public static Validation Cnp(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[13]);
        if (digits.Length != 13)
        {
            return Validation.Invalid;
        }

        var isDay = digits[0] != '0' && BirthDigits.IsDayOfSomeCentury(BirthDigits.Pair(digits, 1), BirthDigits.Pair(digits, 3), BirthDigits.Pair(digits, 5));
        var isCounty = BirthDigits.Pair(digits, 7) is (>= 1 and <= 52) or 70;
        var rest = Weighted.Sum(digits, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
        return Validation.Of(isDay && isCounty && (rest == 10 ? 1 : rest) == digits[12] - '0', candidate);
    }

    /// <summary>CUI (CIF) of a company: Ministerul Finanțelor; up to ten digits, weights 7 5 3 2 1 7 5 3 2 from the left of ten places, modulus 11.</summary>
    public static Validation Cui(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        if (digits.Length < 4 || digits[0] == '0')
        {
            return Validation.Invalid;
        }

        Span<char> padded = stackalloc char[10];
        padded.Fill('0');
        digits.CopyTo(padded[(10 - digits.Length)..]);
        return Validation.Of(Weighted.Sum(padded, [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10 == padded[9] - '0', candidate);
    }
}
