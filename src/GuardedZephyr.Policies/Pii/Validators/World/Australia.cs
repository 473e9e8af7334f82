namespace GuardedZephyr.Policies;

/// <summary>Numbers of Australia.</summary>
internal static class Australia
{
    /// <summary>Australian Business Number: Australian Business Register, "Format of the ABN", modulus 89 after 1 is taken from the first digit.</summary>
    public static Validation Abn(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(digits.Length == 11 && digits[0] != '0' && (Weighted.Sum(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 == 0, candidate);
    }

    /// <summary>Australian Company Number: Australian Securities and Investments Commission, "Australian Company Number digit check".</summary>
    public static Validation Acn(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(
            digits.Length == 9 && digits.ContainsAnyExcept('0') && WorldText.Ends(digits, (10 - (Weighted.Sum(digits, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10),
            candidate);
    }

    /// <summary>Tax File Number of nine digits: Australian Taxation Office, TFN algorithm, modulus 11.</summary>
    public static Validation Tfn(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(digits.Length == 9 && digits.ContainsAnyExcept('0') && Weighted.Sum(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0, candidate);
    }

    /// <summary>
    /// Medicare card number: Services Australia; eight digits that begin with 2 to 6, a check digit by modulus 10, the issue number and, if
    /// written, the person's place on the card.
    /// </summary>
    public static Validation Medicare(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(
            digits.Length is 10 or 11 && digits[0] is >= '2' and <= '6' && digits[9] != '0'
                && WorldText.Ends(digits[..9], Weighted.Sum(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10),
            candidate);
    }
}
