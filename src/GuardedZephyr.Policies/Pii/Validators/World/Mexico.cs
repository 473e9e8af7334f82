namespace GuardedZephyr.Policies;

/// <summary>Numbers of Mexico.</summary>
internal static class Mexico
{
    private const string CurpAlphabet = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";

    /// <summary>A space counts 37: it stands before a company's number, which has three letters.</summary>
    private const string RfcAlphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";

    /// <summary>CURP: RENAPO, "Instructivo normativo para la asignación de la CURP"; four letters, date of birth, sex, state, three consonants, check digit by modulus 10.</summary>
    public static Validation Curp(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[18]);
        if (!WorldText.Fits(text, "AAAA999999AAAAAA*9") || !WorldText.IsShortDate(text[4..10]))
        {
            return Validation.Invalid;
        }

        var sum = WorldText.Sum(text, CurpAlphabet, [18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) ?? 0;
        return Validation.Of(WorldText.Ends(text, (10 - (sum % 10)) % 10), candidate);
    }

    /// <summary>
    /// RFC of persons (13 characters) and companies (12): SAT, check character by modulus 11. Old numbers are in use whose check character
    /// is wrong, so that only the date can rule one out.
    /// </summary>
    public static Validation Rfc(ReadOnlySpan<char> candidate)
    {
        Span<char> buffer = stackalloc char[13];
        var count = 0;
        foreach (var character in candidate)
        {
            var upper = char.ToUpperInvariant(character);
            if (!RfcAlphabet.Contains(upper, StringComparison.Ordinal) || upper == ' ')
            {
                continue;
            }

            if (count == buffer.Length)
            {
                return Validation.Invalid;
            }

            buffer[count++] = upper;
        }

        var text = buffer[..count];
        if (count < 12 || text[^9..^3].ContainsAnyExceptInRange('0', '9') || !WorldText.IsShortDate(text[^9..^3]))
        {
            return Validation.Invalid;
        }

        Span<char> padded = [' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '];
        text.CopyTo(padded[^count..]);
        var check = (11 - ((WorldText.Sum(padded, RfcAlphabet, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) ?? 0) % 11)) % 11;
        return text[^1] == "0123456789A"[check] ? Validation.Valid(candidate) : Validation.Undecided(candidate);
    }

    /// <summary>Social security number: IMSS; eleven digits by Luhn.</summary>
    public static Validation Nss(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(digits.Length == 11 && !Characters.AreAllEqual(digits) && Luhn.Holds(digits), candidate);
    }

    /// <summary>CLABE: Asociación de Bancos de México; each product by 3, 7, 1 counts by its last digit.</summary>
    public static Validation Clabe(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[18]);
        return Validation.Of(
            digits.Length == 18 && digits.ContainsAnyExcept('0')
                && WorldText.Ends(digits, (10 - (Weighted.Sum(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7, 1, 3, 7]) % 10)) % 10),
            candidate);
    }
}
