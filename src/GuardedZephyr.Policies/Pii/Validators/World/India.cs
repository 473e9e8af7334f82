namespace GuardedZephyr.Policies;

/// <summary>Numbers of India.</summary>
internal static class India
{
    private const int FirstYear = 1900;
    private const int LastYear = 2099;

    /// <summary>Aadhaar: UIDAI, "UID Numbering Scheme"; twelve digits, the first from 2 to 9, check digit by Verhoeff. Three years in a row are none.</summary>
    public static Validation Aadhaar(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[12]);
        return Validation.Of(digits.Length == 12 && digits[0] >= '2' && !AreYears(digits) && Verhoeff.Holds(digits), candidate);
    }

    /// <summary>
    /// Goods and Services Tax identification number: GSTN; state code, PAN, number of the registration, Z, and a check character by a Luhn
    /// sum of base 36.
    /// </summary>
    public static Validation Gstin(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[15]);
        if (!WorldText.Fits(text, "99AAAAA9999A***") || WorldText.Number(text[..2]) is not ((>= 1 and <= 38) or 97 or 99))
        {
            return Validation.Invalid;
        }

        var sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var weighted = Value(text[i]) * (1 + (i % 2));
            sum += (weighted / 36) + (weighted % 36);
        }

        return Validation.Of(sum % 36 == 0, candidate);
    }

    private static bool AreYears(ReadOnlySpan<char> digits) => IsYear(digits[..4]) && IsYear(digits[4..8]) && IsYear(digits[8..]);

    private static bool IsYear(ReadOnlySpan<char> digits) => WorldText.Number(digits) is >= FirstYear and <= LastYear;

    private static int Value(char character) => char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10;
}
