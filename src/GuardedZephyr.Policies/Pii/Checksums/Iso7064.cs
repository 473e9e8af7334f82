namespace GuardedZephyr.Policies;

/// <summary>
/// The check characters of ISO/IEC 7064:2003. Each method says whether a text with its check characters at the end is right; 0 to 9
/// count as themselves, A to Z as 10 to 35.
/// </summary>
internal static class Iso7064
{
    /// <summary>MOD 11-2 (clause 8.2, pure): the check character may be X for 10.</summary>
    public static bool Mod11_2(ReadOnlySpan<char> text) => Pure(text, 11, 2, 'X') == 1;

    /// <summary>MOD 37-2 (pure): the check character may be * for 36.</summary>
    public static bool Mod37_2(ReadOnlySpan<char> text) => Pure(text, 37, 2, '*') == 1;

    /// <summary>MOD 97-10 (pure): two check digits; a letter counts as its two digits.</summary>
    public static bool Mod97_10(ReadOnlySpan<char> text)
    {
        var remainder = 0;
        foreach (var character in text)
        {
            remainder = char.IsAsciiDigit(character) ? ((remainder * 10) + Value(character)) % 97 : ((remainder * 100) + Value(character)) % 97;
        }

        return remainder == 1;
    }

    /// <summary>MOD 11,10 (clause 9, hybrid): digits alone.</summary>
    public static bool Mod11_10(ReadOnlySpan<char> text) => Hybrid(text, 10);

    /// <summary>MOD 37,36 (hybrid).</summary>
    public static bool Mod37_36(ReadOnlySpan<char> text) => Hybrid(text, 36);

    private static int Pure(ReadOnlySpan<char> text, int modulus, int radix, char last)
    {
        var sum = 0;
        foreach (var character in text)
        {
            sum = ((sum * radix) + (character == last ? modulus - 1 : Value(character))) % modulus;
        }

        return sum;
    }

    private static bool Hybrid(ReadOnlySpan<char> text, int modulus)
    {
        var product = modulus;
        for (var i = 0; i < text.Length; i++)
        {
            var sum = (product + Value(text[i])) % modulus;
            if (i == text.Length - 1)
            {
                return sum == 1;
            }

            product = (sum == 0 ? modulus : sum) * 2 % (modulus + 1);
        }

        return false;
    }

    private static int Value(char character) => char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10;
}
