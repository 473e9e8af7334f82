namespace GuardedZephyr.Policies;

/// <summary>Numbers of Thailand.</summary>
internal static class Thailand
{
    /// <summary>National identification number: Department of Provincial Administration; the first digit is the kind of person, 1 to 8, the last a check digit by modulus 11.</summary>
    public static Validation Tnin(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[13]);
        return Validation.Of(
            digits.Length == 13 && digits[0] is >= '1' and <= '8'
                && WorldText.Ends(digits, (11 - (Weighted.Sum(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10),
            candidate);
    }
}
