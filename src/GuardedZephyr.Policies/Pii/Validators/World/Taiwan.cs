namespace GuardedZephyr.Policies;

/// <summary>Numbers of Taiwan.</summary>
internal static class Taiwan
{
    /// <summary>Letters in the order of their values: A is 10, I is 34, Z is 33.</summary>
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVXYWZIO";

    /// <summary>
    /// National identification card number (second character 1 or 2) and uniform number of residents (8 or 9, since 2021): Ministry of the
    /// Interior; the letter stands for two digits, the last digit is a check digit by modulus 10.
    /// </summary>
    public static Validation NationalId(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[10]);
        if (!WorldText.Fits(text, "A999999999") || text[1] is not ('1' or '2' or '8' or '9'))
        {
            return Validation.Invalid;
        }

        var letter = 10 + Letters.IndexOf(text[0]);
        return Validation.Of(((letter / 10) + (letter % 10 * 9) + Weighted.Sum(text[1..], [8, 7, 6, 5, 4, 3, 2, 1, 1])) % 10 == 0, candidate);
    }
}
