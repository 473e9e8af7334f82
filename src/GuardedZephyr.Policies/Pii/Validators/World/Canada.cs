namespace GuardedZephyr.Policies;

/// <summary>Numbers of Canada.</summary>
internal static class Canada
{
    /// <summary>Social Insurance Number: Employment and Social Development Canada; check digit by Luhn, never begins with 8 (that is a business).</summary>
    public static Validation Sin(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(digits.Length == 9 && digits[0] != '8' && !Characters.AreAllEqual(digits) && Luhn.Holds(digits), candidate);
    }

    /// <summary>Business number: Canada Revenue Agency; nine digits by Luhn, then perhaps a program's two letters and four digits.</summary>
    public static Validation BusinessNumber(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[15]);
        return Validation.Of(
            (WorldText.Fits(text, "999999999") || WorldText.Fits(text, "999999999AA9999")) && !Characters.AreAllEqual(text[..9]) && Luhn.Holds(text[..9]),
            candidate);
    }

    /// <summary>Ontario health number: Ministry of Health, ten digits by Luhn, then perhaps the card's version of one or two letters.</summary>
    public static Validation OntarioHealth(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return Validation.Of(digits.Length == 10 && digits[0] != '0' && Luhn.Holds(digits), candidate);
    }

    /// <summary>British Columbia personal health number: Ministry of Health; begins with 9, check digit by modulus 11.</summary>
    public static Validation BritishColumbiaHealth(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return Validation.Of(
            digits.Length == 10 && digits[0] == '9' && WorldText.Ends(digits, 11 - (Weighted.Sum(digits[1..], [2, 4, 8, 5, 10, 9, 7, 3]) % 11)),
            candidate);
    }

    /// <summary>
    /// Quebec health insurance number: RAMQ; four letters of the name, date of birth with 50 added to a woman's month, sequence and a check
    /// digit whose rule is not published.
    /// </summary>
    public static Validation QuebecHealth(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[12]);
        if (!WorldText.Fits(text, "AAAA99999999"))
        {
            return Validation.Invalid;
        }

        var month = WorldText.Number(text[6..8]);
        return WorldText.IsDate(2000 + WorldText.Number(text[4..6]), month > 50 ? month - 50 : month, WorldText.Number(text[8..10]))
            ? Validation.Undecided(candidate)
            : Validation.Invalid;
    }
}
