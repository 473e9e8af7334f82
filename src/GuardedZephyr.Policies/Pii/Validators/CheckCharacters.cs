namespace GuardedZephyr.Policies;

/// <summary>The check systems by themselves, for recognizers of numbers that a team has of its own: the check characters stand at the end, separators are passed over.</summary>
internal static class CheckCharacters
{
    /// <summary>One digit is no number with a check digit.</summary>
    private const int Least = 2;
    private const int Most = 64;

    public delegate bool System(ReadOnlySpan<char> text);

    public static Validation OfDigits(ReadOnlySpan<char> candidate, System system)
    {
        var digits = Characters.Digits(candidate, stackalloc char[Most]);
        return Validation.Of(digits.Length >= Least && digits.ContainsAnyExcept('0') && system(digits), candidate);
    }

    public static Validation OfText(ReadOnlySpan<char> candidate, System system)
    {
        var text = Characters.LettersAndDigits(candidate, stackalloc char[Most]);
        return Validation.Of(text.Length >= Least && text.ContainsAnyExcept('0') && system(text), candidate);
    }
}
