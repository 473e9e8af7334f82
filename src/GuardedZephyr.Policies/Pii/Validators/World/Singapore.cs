namespace GuardedZephyr.Policies;

/// <summary>Numbers of Singapore.</summary>
internal static class Singapore
{
    private const string UenLetters = "ABCDEFGHJKLMNPQRSTUVWX0123456789";

    /// <summary>
    /// NRIC of citizens (S, T) and FIN of foreigners (F, G, and M since 2022): National Registration Act, Immigration and Checkpoints
    /// Authority; the check letter is that of the weighted sum's remainder by 11.
    /// </summary>
    public static Validation NricFin(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[9]);
        if (!WorldText.Fits(text, "A9999999A"))
        {
            return Validation.Invalid;
        }

        var sum = Weighted.Sum(text[1..], [2, 7, 6, 5, 4, 3, 2]);
        var expected = text[0] switch
        {
            'S' => "JZIHGFEDCBA"[sum % 11],
            'T' => "JZIHGFEDCBA"[(sum + 4) % 11],
            'F' => "XWUTRQPNMLK"[sum % 11],
            'G' => "XWUTRQPNMLK"[(sum + 4) % 11],
            'M' => "XWUTRQPNJLK"[(sum + 3) % 11],
            _ => '\0',
        };
        return Validation.Of(text[^1] == expected, candidate);
    }

    /// <summary>Unique Entity Number: ACRA; businesses (eight digits), local companies (year and five digits) and other entities (T, S or R, year, type).</summary>
    public static Validation Uen(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[10]);
        if (WorldText.Fits(text, "99999999A"))
        {
            return Validation.Of(text[^1] == "XMKECAWLJDB"[Weighted.Sum(text, [10, 4, 9, 3, 8, 2, 7, 1]) % 11], candidate);
        }

        if (WorldText.Fits(text, "999999999A"))
        {
            return Validation.Of(text[^1] == "ZKCMDNERGWH"[Weighted.Sum(text, [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11], candidate);
        }

        return Validation.Of(
            WorldText.Fits(text, "A99A*9999A") && WorldText.Sum(text, UenLetters, [4, 3, 5, 3, 10, 2, 2, 5, 7]) is { } sum && text[^1] == UenLetters[(sum + 6) % 11],
            candidate);
    }
}
