namespace GuardedZephyr.Policies;

/// <summary>Numbers of Portugal.</summary>
internal static class Portugal
{
    /// <summary>NIF of a person or company: decreto-lei 14/2013; weights 9 to 2, modulus 11, 10 and 11 written 0.</summary>
    public static Validation Nif(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        if (digits.Length != 9 || digits is ['0', ..] or ['4', not '5', ..])
        {
            return Validation.Invalid;
        }

        var check = 11 - (Weighted.Sum(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
        return Validation.Of((check > 9 ? 0 : check) == digits[8] - '0', candidate);
    }

    /// <summary>NISS, social security: weights are the first ten primes from 29 down, the check digit 9 less the sum modulo 10; 1 for persons, 2 for companies.</summary>
    public static Validation SocialSecurity(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(
            digits.Length == 11 && digits[0] is '1' or '2' && 9 - (Weighted.Sum(digits, [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]) % 10) == digits[10] - '0',
            candidate);
    }

    /// <summary>Number of the document of a citizen card: eight digits, a check digit, two characters, a check digit over all as of payment cards, letters as 10 to 35.</summary>
    public static Validation CitizenCard(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[12]);
        if (text.Length != 12 || text[..9].ContainsAnyExceptInRange('0', '9') || !char.IsAsciiDigit(text[11]))
        {
            return Validation.Invalid;
        }

        var sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var value = char.IsAsciiDigit(text[i]) ? text[i] - '0' : text[i] - 'A' + 10;
            var weighted = i % 2 == 0 ? 2 * value : value;
            sum += i % 2 == 0 && weighted > 9 ? weighted - 9 : weighted;
        }

        return Validation.Of(sum % 10 == 0, candidate);
    }
}
