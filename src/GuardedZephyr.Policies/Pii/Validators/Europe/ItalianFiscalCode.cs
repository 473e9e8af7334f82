namespace GuardedZephyr.Policies;

/// <summary>
/// Codice fiscale: decreto ministeriale 23 dicembre 1976. Sixteen characters: surname, name, year, month letter, day (40 more for women),
/// municipality, check letter. Where two people would share one, digits become letters from the right (omocodia).
/// </summary>
internal static class ItalianFiscalCode
{
    private const int Length = 16;
    private const string Months = "ABCDEHLMPRST";
    private const string LettersForDigits = "LMNPQRSTUV";

    /// <summary>What a character in an odd place (the first is 1) counts, for 0 to 9 and A to Z: a digit counts as the letter with its number.</summary>
    private static ReadOnlySpan<byte> OddValues => [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var code = Characters.LettersAndDigits(candidate, stackalloc char[Length]);
        return Validation.Of(code.Length == Length && HasStructure(code) && CheckLetter(code[..^1]) == code[^1], candidate);
    }

    private static bool HasStructure(ReadOnlySpan<char> code)
    {
        Span<char> digits = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
        {
            if (i is < 6 or 8 or 11 or 15)
            {
                if (!char.IsAsciiLetterUpper(code[i]))
                {
                    return false;
                }
            }
            else if (!TryReadDigit(code[i], out digits[i]))
            {
                return false;
            }
        }

        return BirthDigits.IsDayOfSomeCentury(BirthDigits.Pair(digits, 6), Months.IndexOf(code[8]) + 1, BirthDigits.Pair(digits, 9) % 40);
    }

    private static bool TryReadDigit(char character, out char digit)
    {
        digit = char.IsAsciiDigit(character) ? character : (char)('0' + LettersForDigits.IndexOf(character));
        return digit >= '0';
    }

    private static char CheckLetter(ReadOnlySpan<char> code)
    {
        var sum = 0;
        for (var i = 0; i < code.Length; i++)
        {
            var value = char.IsAsciiDigit(code[i]) ? code[i] - '0' : code[i] - 'A';
            sum += i % 2 == 0 ? OddValues[value] : value;
        }

        return (char)('A' + (sum % 26));
    }
}
