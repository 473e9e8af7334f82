namespace GuardedZephyr.Policies;

/// <summary>
/// Text that a generator drew from 64 characters: both cases and digits, and an entropy near the most that the length allows. Of drawn texts
/// one in 10,000 has less than 3.8 bits a character at 27 characters, 4.3 at 40, 4.8 at 64, 5.5 at 172: the limits stand just below. English
/// words run together in camel case have 4.2 at 40, where the limit keeps out about half, 4.5 at 64 and at most 5.0 at 190, where it keeps out
/// all but one in a hundred, and all. So a short text needs a word or a format beside it. Nothing is proved.
/// </summary>
internal static class RandomText
{
    private const double Slack = 1.05;
    private const double MostAsked = 4.75;
    private const int LongLength = 128;
    private const double LongAsked = 5.3;

    public static Validation Validate(ReadOnlySpan<char> candidate) => IsDrawn(candidate) ? Validation.Undecided(candidate) : Validation.Invalid;

    public static bool IsDrawn(ReadOnlySpan<char> text) =>
        CharacterClasses.Of(text).AreMixed && Entropy.Of(text) >= LeastBits(text.Length);

    private static double LeastBits(int length) => length >= LongLength ? LongAsked : Math.Min(MostAsked, Math.Log2(length) - Slack);
}
