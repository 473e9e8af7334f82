namespace GuardedZephyr.Policies;

/// <summary>
/// Text that a generator drew from 64 characters: both cases and digits, and an entropy near the most that the length allows. Of drawn
/// texts one in 10,000 has less than 3.8 bits a character at 27 characters, 4.3 at 40, 4.8 at 64, 5.5 at 172; English run together in
/// camel case stays under 4.3 at any length. The limit is what n characters can have at most, log2 n, less 1.05, and never over 4.75.
/// Nothing is proved.
/// </summary>
internal static class RandomText
{
    private const double Slack = 1.05;
    private const double MostAsked = 4.75;

    public static Validation Validate(ReadOnlySpan<char> candidate) => IsDrawn(candidate) ? Validation.Undecided(candidate) : Validation.Invalid;

    public static bool IsDrawn(ReadOnlySpan<char> text) =>
        CharacterClasses.Of(text).AreMixed && Entropy.Of(text) >= Math.Min(MostAsked, Math.Log2(text.Length) - Slack);
}
