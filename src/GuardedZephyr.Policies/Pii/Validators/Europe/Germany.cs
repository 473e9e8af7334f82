namespace GuardedZephyr.Policies;

/// <summary>Numbers of Germany.</summary>
internal static class Germany
{
    /// <summary>
    /// Steuerliche Identifikationsnummer: section 139b AO and the Bundeszentralamt für Steuern; ISO/IEC 7064 MOD 11,10; of the first ten digits
    /// exactly one comes twice or three times, and never three times in a row.
    /// </summary>
    public static Validation TaxId(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(digits.Length == 11 && digits[0] != '0' && RepeatsOne(digits[..10]) && Iso7064.Mod11_10(digits), candidate);
    }

    /// <summary>
    /// Versicherungsnummer of the pension insurance: section 2 of the VKVV; area, birth date, letter, serial number, check digit: digit sums with
    /// the weights 2 1 2 5 7 1 2 1 2 1 2 1, the letter as two digits. The day may be raised when a date's numbers are used up.
    /// </summary>
    public static Validation SocialSecurity(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[12]);
        if (text.Length != 12 || !char.IsAsciiLetterUpper(text[8]) || text[..8].ContainsAnyExceptInRange('0', '9') || text[9..].ContainsAnyExceptInRange('0', '9'))
        {
            return Validation.Invalid;
        }

        var isDate = BirthDigits.Pair(text, 4) is >= 1 and <= 12 && BirthDigits.Pair(text, 2) is >= 1 and <= 93 && BirthDigits.Pair(text, 0) >= 2;
        return Validation.Of(isDate && LetterSum(text[..11], 8, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 == text[11] - '0', candidate);
    }

    /// <summary>Krankenversichertennummer, the ten characters that stay for life: section 290 SGB V; the letter as two digits, then digit sums with weights 1 2.</summary>
    public static Validation HealthInsurance(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[10]);
        return Validation.Of(
            text.Length == 10 && char.IsAsciiLetterUpper(text[0]) && !text[1..].ContainsAnyExceptInRange('0', '9')
                && LetterSum(text[..9], 0, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 == text[9] - '0',
            candidate);
    }

    /// <summary>Umsatzsteuer-Identifikationsnummer: Bundeszentralamt für Steuern; ISO/IEC 7064 MOD 11,10.</summary>
    public static Validation Vat(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        return Validation.Of(digits.Length == 9 && digits[0] != '0' && Iso7064.Mod11_10(digits), candidate);
    }

    /// <summary>
    /// Driving licence: Fahrerlaubnis-Verordnung, annex 8; four characters of the authority, five of a serial number, a check character with
    /// weights 9 to 1 and modulus 11 (X for 10), the number of the copy.
    /// </summary>
    public static Validation DrivingLicence(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[11]);
        if (text.Length != 11)
        {
            return Validation.Invalid;
        }

        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            sum += (9 - i) * (char.IsAsciiDigit(text[i]) ? text[i] - '0' : text[i] - 'A' + 10);
        }

        return Validation.Of("0123456789X"[sum % 11] == text[9], candidate);
    }

    private static bool RepeatsOne(ReadOnlySpan<char> digits)
    {
        var repeated = 0;
        for (var digit = '0'; digit <= '9'; digit++)
        {
            var count = digits.Count(digit);
            if (count > 3 || (count == 3 && digits.Contains([digit, digit, digit], StringComparison.Ordinal)))
            {
                return false;
            }

            repeated += count > 1 ? 1 : 0;
        }

        return repeated == 1;
    }

    /// <summary>The sum of the digit sums of each digit times its weight, where the letter at <paramref name="letter"/> counts as two digits, 01 to 26.</summary>
    private static int LetterSum(ReadOnlySpan<char> text, int letter, ReadOnlySpan<int> weights)
    {
        var value = text[letter] - 'A' + 1;
        ReadOnlySpan<char> digits = [.. text[..letter], (char)('0' + (value / 10)), (char)('0' + (value % 10)), .. text[(letter + 1)..]];
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var product = (digits[i] - '0') * weights[i];
            sum += (product / 10) + (product % 10);
        }

        return sum;
    }
}
