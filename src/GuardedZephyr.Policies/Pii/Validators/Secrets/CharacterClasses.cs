namespace GuardedZephyr.Policies;

/// <summary>How many characters of each kind a text holds; what is no ASCII letter or digit is a symbol.</summary>
internal readonly record struct CharacterClasses(int Lower, int Upper, int Digits, int Symbols)
{
    public int Letters => Lower + Upper;

    /// <summary>As random base64 of some length has: both cases and digits.</summary>
    public bool AreMixed => Lower > 0 && Upper > 0 && Digits > 0;

    public static CharacterClasses Of(ReadOnlySpan<char> text)
    {
        var (lower, upper, digits) = (0, 0, 0);
        foreach (var character in text)
        {
            lower += char.IsAsciiLetterLower(character) ? 1 : 0;
            upper += char.IsAsciiLetterUpper(character) ? 1 : 0;
            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return new CharacterClasses(lower, upper, digits, text.Length - lower - upper - digits);
    }
}
