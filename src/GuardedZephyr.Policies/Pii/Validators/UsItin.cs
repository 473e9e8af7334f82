namespace GuardedZephyr.Policies;

/// <summary>
/// Individual Taxpayer Identification Numbers: IRS, Internal Revenue Manual 3.21.263 - nine digits, the first 9, the fourth and fifth 50-65, 70-88,
/// 90-92 or 94-99. There is no check digit, so nothing is proved valid.
/// </summary>
internal static class UsItin
{
    private const int Length = 9;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[Length]);
        return digits.Length == Length && digits[0] == '9' && IsGroup(digits) ? Validation.Undecided(candidate) : Validation.Invalid;
    }

    private static bool IsGroup(ReadOnlySpan<char> digits) =>
        ((digits[3] - '0') * 10) + digits[4] - '0' is (>= 50 and <= 65) or (>= 70 and <= 88) or (>= 90 and <= 92) or >= 94;
}
