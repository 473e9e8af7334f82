namespace GuardedZephyr.Policies;

/// <summary>Numbers of Sweden.</summary>
internal static class Sweden
{
    /// <summary>
    /// Personnummer and samordningsnummer: Skatteverket, SKV 704 and SKV 707; ten digits or twelve with the century, a day 60 more in a
    /// samordningsnummer, the check digit of payment cards over the last ten.
    /// </summary>
    public static Validation Personnummer(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[12]);
        if (digits.Length is not (10 or 12) || (digits.Length == 12 && digits[..2] is not ("18" or "19" or "20")))
        {
            return Validation.Invalid;
        }

        var century = digits.Length == 12 ? BirthDigits.Pair(digits, 0) * 100 : 2000;
        var number = digits[^10..];
        var day = BirthDigits.Pair(number, 4);
        var isDay = BirthDigits.IsDay(century + BirthDigits.Pair(number, 0), BirthDigits.Pair(number, 2), day > 60 ? day - 60 : day);
        return Validation.Of(isDay && Luhn.Holds(number), candidate);
    }

    /// <summary>Organisationsnummer: lag 1974:174; the third digit is 2 or more, so that none is a date, and the check digit that of payment cards.</summary>
    public static Validation Organisationsnummer(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        return Validation.Of(digits.Length == 10 && IsOrganisation(digits), candidate);
    }

    /// <summary>VAT number: Skatteverket; the number of the organisation or person, and 01.</summary>
    public static Validation Vat(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[12]);
        return Validation.Of(digits.Length == 12 && Luhn.Holds(digits[..10]) && digits[..10].ContainsAnyExcept('0') && digits[10..] is "01", candidate);
    }

    private static bool IsOrganisation(ReadOnlySpan<char> digits) => digits[0] is not ('0' or '4') && digits[2] >= '2' && Luhn.Holds(digits);
}
