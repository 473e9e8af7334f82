namespace GuardedZephyr.Policies;

/// <summary>Numbers of Bulgaria.</summary>
internal static class Bulgaria
{
    /// <summary>EGN, the uniform civil number: civil registration act, article 11; birth date (month 20 more before 1900, 40 more from 2000 on), modulus 11, 10 written 0.</summary>
    public static Validation Egn(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        if (digits.Length != 10)
        {
            return Validation.Invalid;
        }

        var month = BirthDigits.Pair(digits, 2);
        var (century, shift) = month switch { > 40 => (2000, 40), > 20 => (1800, 20), _ => (1900, 0) };
        return Validation.Of(
            BirthDigits.IsDay(century + BirthDigits.Pair(digits, 0), month - shift, BirthDigits.Pair(digits, 4))
                && Weighted.Sum(digits, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == digits[9] - '0',
            candidate);
    }

    /// <summary>EIK of a company: registry agency; weights 1 to 8 and, where they give 10, 3 to 10, modulus 11.</summary>
    public static Validation Eik(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        if (digits.Length != 9 || !digits.ContainsAnyExcept('0'))
        {
            return Validation.Invalid;
        }

        var rest = Weighted.Sum(digits, [1, 2, 3, 4, 5, 6, 7, 8]) % 11;
        var check = rest == 10 ? Weighted.Sum(digits, [3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10 : rest;
        return Validation.Of(check == digits[8] - '0', candidate);
    }
}
