namespace GuardedZephyr.Policies;

/// <summary>Numbers of the People's Republic of China.</summary>
internal static class China
{
    private const string UsccLetters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>
    /// Citizen identification number: GB 11643-1999; region by GB/T 2260, date of birth, sequence, check character by MOD 11-2. The
    /// earlier number of 15 digits has a short date and no check digit.
    /// </summary>
    public static Validation ResidentId(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[18]);
        if (WorldText.Fits(text, "999999999999999"))
        {
            return IsProvince(text) && WorldText.IsShortDate(text[6..]) ? Validation.Undecided(candidate) : Validation.Invalid;
        }

        return Validation.Of(
            WorldText.Fits(text, "99999999999999999*") && IsProvince(text) && (char.IsAsciiDigit(text[^1]) || text[^1] == 'X')
                && WorldText.IsDate(WorldText.Number(text[6..10]), WorldText.Number(text[10..12]), WorldText.Number(text[12..14]))
                && Iso7064.Mod11_2(text),
            candidate);
    }

    /// <summary>Unified Social Credit Code: GB 32100-2015; check character by modulus 31, weights the powers of 3.</summary>
    public static Validation Uscc(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[18]);
        return Validation.Of(
            text.Length == 18 && WorldText.Sum(text, UsccLetters, [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1]) is { } sum && sum % 31 == 0,
            candidate);
    }

    private static bool IsProvince(ReadOnlySpan<char> digits) => WorldText.Number(digits[..2])
        is (>= 11 and <= 15) or (>= 21 and <= 23) or (>= 31 and <= 37) or (>= 41 and <= 46) or (>= 50 and <= 54) or (>= 61 and <= 65) or 71 or (>= 81 and <= 83);
}
