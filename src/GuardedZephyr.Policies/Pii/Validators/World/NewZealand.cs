namespace GuardedZephyr.Policies;

/// <summary>Numbers of New Zealand.</summary>
internal static class NewZealand
{
    /// <summary>Letters of the National Health Index, each worth its place: I and O are left out.</summary>
    private const string NhiLetters = " ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>IRD number: Inland Revenue, "Resident withholding tax and non-resident withholding tax specification", modulus 11 with a second set of weights.</summary>
    public static Validation Ird(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[9]);
        if (digits.Length is not (8 or 9) || WorldText.Number(digits) is < 10_000_000 or > 200_000_000)
        {
            return Validation.Invalid;
        }

        var number = digits[..^1];
        Span<char> padded = ['0', '0', '0', '0', '0', '0', '0', '0'];
        number.CopyTo(padded[^number.Length..]);
        var check = -Weighted.Sum(padded, [3, 2, 7, 6, 5, 4, 3, 2]) % 11;
        if (check == -1)
        {
            check = -Weighted.Sum(padded, [7, 4, 3, 2, 5, 2, 7, 6]) % 11;
        }

        return Validation.Of(check != -1 && WorldText.Ends(digits, (11 + check) % 11), candidate);
    }

    /// <summary>
    /// National Health Index: HISO 10046, AAANNNC with a check digit by modulus 11, and the newer AAANNAX with a check letter by modulus 23.
    /// </summary>
    public static Validation Nhi(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[7]);
        if (WorldText.Fits(text, "AAA9999"))
        {
            return Validation.Of(NhiSum(text) is { } sum && sum % 11 != 0 && WorldText.Ends(text, (11 - (sum % 11)) % 10), candidate);
        }

        return Validation.Of(WorldText.Fits(text, "AAA99AA") && NhiSum(text) is { } total && text[^1] == NhiLetters[23 - (total % 23)], candidate);
    }

    /// <summary>Bank account number: Payments NZ, bank account number structure; only the bank's number is told apart.</summary>
    public static Validation BankAccount(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[16]);
        return digits.Length >= 15 && WorldText.Number(digits[..2]) is (>= 1 and <= 31) or 33 or 35 or 38 or 88 ? Validation.Undecided(candidate) : Validation.Invalid;
    }

    private static int? NhiSum(ReadOnlySpan<char> text)
    {
        var sum = 0;
        for (var i = 0; i < 6; i++)
        {
            var value = char.IsAsciiDigit(text[i]) ? text[i] - '0' : NhiLetters.IndexOf(text[i]);
            if (value < 0)
            {
                return null;
            }

            sum += value * (7 - i);
        }

        return sum;
    }
}
