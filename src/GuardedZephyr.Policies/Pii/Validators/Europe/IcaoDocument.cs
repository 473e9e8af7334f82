namespace GuardedZephyr.Policies;

/// <summary>Document numbers with the check digit of machine readable documents: ICAO Doc 9303-3, section 4.9; weights 7 3 1, letters as 10 to 35.</summary>
internal static class IcaoDocument
{
    private const int NumberLength = 9;

    /// <summary>Nine characters stand without their check digit, which proves nothing; a tenth is it.</summary>
    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[NumberLength + 1]);
        return text.Length switch
        {
            NumberLength => Validation.Undecided(candidate),
            NumberLength + 1 => Validation.Of(text[^1] == '0' + CheckDigit(text[..^1]), candidate),
            _ => Validation.Invalid,
        };
    }

    private static int CheckDigit(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<int> weights = [7, 3, 1];
        var sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            sum += weights[i % 3] * (char.IsAsciiDigit(text[i]) ? text[i] - '0' : text[i] - 'A' + 10);
        }

        return sum % 10;
    }
}
