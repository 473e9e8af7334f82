namespace GuardedZephyr.Policies;

/// <summary>
/// Employer Identification Numbers: nine digits, the first two a prefix that the IRS gives out ("How EINs are assigned and valid EIN prefixes").
/// There is no check digit, so nothing is proved valid.
/// </summary>
internal static class UsEin
{
    private const int Length = 9;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[Length]);
        return digits.Length == Length && IsPrefix(((digits[0] - '0') * 10) + digits[1] - '0') ? Validation.Undecided(candidate) : Validation.Invalid;
    }

    private static bool IsPrefix(int prefix) => prefix is not (0 or 7 or 8 or 9 or (>= 17 and <= 19) or 28 or 29 or 49 or 69 or 70 or 78 or 79 or 89 or 96 or 97);
}
