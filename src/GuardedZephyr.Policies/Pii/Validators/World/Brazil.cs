namespace GuardedZephyr.Policies;

/// <summary>Numbers of Brazil.</summary>
internal static class Brazil
{
    /// <summary>CPF: Receita Federal; two check digits by modulus 11.</summary>
    public static Validation Cpf(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(
            digits.Length == 11 && !Characters.AreAllEqual(digits)
                && WorldText.Ends(digits[..10], WorldText.Mod11OrZero(Weighted.Sum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2])))
                && WorldText.Ends(digits, WorldText.Mod11OrZero(Weighted.Sum(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]))),
            candidate);
    }

    /// <summary>
    /// CNPJ: Receita Federal, Instrução Normativa RFB 2.229 of 2024; two check digits by modulus 11. From July 2026 on the first twelve
    /// characters may be letters, which count as their ASCII code less 48.
    /// </summary>
    public static Validation Cnpj(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[14]);
        return Validation.Of(
            WorldText.Fits(text, "************99") && !Characters.AreAllEqual(text)
                && WorldText.Ends(text[..13], WorldText.Mod11OrZero(Weighted.Sum(text, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])))
                && WorldText.Ends(text, WorldText.Mod11OrZero(Weighted.Sum(text, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]))),
            candidate);
    }

    /// <summary>PIS/PASEP and NIS: Caixa Econômica Federal; check digit by modulus 11.</summary>
    public static Validation Pis(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        return Validation.Of(
            digits.Length == 11 && !Characters.AreAllEqual(digits) && WorldText.Ends(digits, WorldText.Mod11OrZero(Weighted.Sum(digits, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2]))),
            candidate);
    }

    /// <summary>CNH: Denatran, register number of the driving licence; a first check digit of 10 becomes 0 and takes 2 from the second.</summary>
    public static Validation Cnh(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[11]);
        if (digits.Length != 11 || Characters.AreAllEqual(digits))
        {
            return Validation.Invalid;
        }

        var first = Weighted.Sum(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
        var second = ((Weighted.Sum(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11) + (first == 10 ? 9 : 0)) % 11;
        return Validation.Of(WorldText.Ends(digits[..10], first % 10) && WorldText.Ends(digits, second % 10), candidate);
    }

    /// <summary>Voter's number: Tribunal Superior Eleitoral, Resolução 23.659 of 2021; sequence, state 01 to 28, two check digits by modulus 11 (in São Paulo and Minas Gerais 1 in place of 0).</summary>
    public static Validation Voter(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[12]);
        if (digits.Length != 12)
        {
            return Validation.Invalid;
        }

        var state = WorldText.Number(digits[8..10]);
        var first = VoterCheck(Weighted.Sum(digits, [2, 3, 4, 5, 6, 7, 8, 9]), state);
        var second = VoterCheck(Weighted.Sum(digits[8..], [7, 8, 9]), state);
        return Validation.Of(state is >= 1 and <= 28 && WorldText.Ends(digits[..11], first) && WorldText.Ends(digits, second), candidate);
    }

    private static int VoterCheck(int sum, int state) => (sum % 11) switch
    {
        10 => 0,
        0 when state is 1 or 2 => 1,
        var remainder => remainder,
    };
}
