namespace GuardedZephyr.Policies;

/// <summary>Numbers of Argentina, Chile, Colombia and Peru.</summary>
internal static class SouthAmerica
{
    /// <summary>CUIT and CUIL: ARCA (formerly AFIP), Argentina; kind, number, check digit by modulus 11.</summary>
    public static Validation Cuit(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(
            digits.Length == 11 && digits[..2] is "20" or "23" or "24" or "25" or "26" or "27" or "30" or "33" or "34" or "50" or "51" or "55"
                && Cyclic(digits) is < 10 and var check && WorldText.Ends(digits, check),
            candidate);
    }

    /// <summary>CBU: Banco Central de la República Argentina; two blocks with a check digit each, weights 3, 1, 7, 9 from behind.</summary>
    public static Validation Cbu(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[22]);
        return Validation.Of(
            digits.Length == 22 && digits.ContainsAnyExcept('0')
                && WorldText.Ends(digits[..8], (10 - (Weighted.Sum(digits, [7, 1, 3, 9, 7, 1, 3]) % 10)) % 10)
                && WorldText.Ends(digits, (10 - (Weighted.Sum(digits[8..], [3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3]) % 10)) % 10),
            candidate);
    }

    /// <summary>RUT and RUN: Servicio de Registro Civil e Identificación, Chile; check character by modulus 11, K for 10.</summary>
    public static Validation Rut(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[9]);
        return Validation.Of(
            text.Length >= 8 && !text[..^1].ContainsAnyExceptInRange('0', '9') && text[..^1].ContainsAnyExcept('0') && text[^1] == "0123456789K"[Cyclic(text)],
            candidate);
    }

    /// <summary>NIT: DIAN, Colombia, Orden Administrativa 4 of 1989; check digit by modulus 11 with prime weights.</summary>
    public static Validation Nit(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[10]);
        if (digits.Length != 10)
        {
            return Validation.Invalid;
        }

        var remainder = Weighted.Sum(digits, [41, 37, 29, 23, 19, 17, 13, 7, 3]) % 11;
        return Validation.Of(digits[0] != '0' && WorldText.Ends(digits, remainder < 2 ? remainder : 11 - remainder), candidate);
    }

    /// <summary>RUC: SUNAT, Peru; kind of taxpayer, number, check digit by modulus 11.</summary>
    public static Validation Ruc(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(
            digits.Length == 11 && digits[..2] is "10" or "15" or "16" or "17" or "20" && WorldText.Ends(digits, (11 - (Weighted.Sum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10),
            candidate);
    }

    /// <summary>The check value, 0 to 10, of weights 2 to 7 that go round from behind; the last character is the check character and not in the sum.</summary>
    private static int Cyclic(ReadOnlySpan<char> text)
    {
        var sum = 0;
        for (var i = 0; i < text.Length - 1; i++)
        {
            sum += (text[^(i + 2)] - '0') * (2 + (i % 6));
        }

        return (11 - (sum % 11)) % 11;
    }
}
