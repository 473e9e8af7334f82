namespace GuardedZephyr.Policies;

/// <summary>Numbers of Hong Kong.</summary>
internal static class HongKong
{
    /// <summary>A space counts 36: it stands before a number with one letter.</summary>
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ";

    /// <summary>Identity card number: Immigration Department; one or two letters, six digits and a check character, A for 10, by modulus 11.</summary>
    public static Validation IdentityCard(ReadOnlySpan<char> candidate)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[9]);
        if (text.Length < 8 || !(WorldText.Fits(text[..^1], "A999999") || WorldText.Fits(text[..^1], "AA999999")))
        {
            return Validation.Invalid;
        }

        Span<char> padded = [' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '];
        text.CopyTo(padded[^text.Length..]);
        return Validation.Of(text[^1] <= 'A' && WorldText.Sum(padded, Alphabet, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0, candidate);
    }
}
