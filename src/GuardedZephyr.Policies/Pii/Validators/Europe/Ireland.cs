namespace GuardedZephyr.Policies;

/// <summary>Numbers of Ireland: seven digits and a check letter, modulus 23.</summary>
internal static class Ireland
{
    private const string Checks = "WABCDEFGHIJKLMNOPQRSTUV";

    /// <summary>PPS number: Department of Social Protection; a second letter counts nine times its place, but for the older W, T and X.</summary>
    public static Validation Pps(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[9]);
        if (text.Length is not (8 or 9) || text[..7].ContainsAnyExceptInRange('0', '9'))
        {
            return Validation.Invalid;
        }

        return Validation.Of((text.Length == 8 || char.IsAsciiLetterUpper(text[8])) && IsRight(text[..7], text[7], text.Length == 8 ? 'W' : text[8]), candidate);
    }

    /// <summary>VAT number: Revenue; IE and a PPS number's form, or the older one with a letter, + or * behind the first digit, which goes to the front as 0.</summary>
    public static Validation Vat(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[11]);
        if (text.Length < 9 || text[..2] is not "IE")
        {
            return Validation.Invalid;
        }

        var number = text[2..];
        if (!number[..7].ContainsAnyExceptInRange('0', '9'))
        {
            return Pps(number) == Validation.Invalid ? Validation.Invalid : Validation.Valid(candidate);
        }

        var digits = Characters.Digits(number, stackalloc char[6]);
        return Validation.Of(digits.Length == 6 && IsRight(['0', .. digits[1..], digits[0]], number[^1], 'W'), candidate);
    }

    private static bool IsRight(ReadOnlySpan<char> digits, char check, char second)
    {
        var extra = second is 'W' or 'T' or 'X' ? 0 : 9 * (second - 'A' + 1);
        return Checks[(Weighted.Sum(digits, [8, 7, 6, 5, 4, 3, 2]) + extra) % 23] == check;
    }
}
