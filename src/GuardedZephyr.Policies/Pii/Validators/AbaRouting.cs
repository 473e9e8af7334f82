namespace GuardedZephyr.Policies;

/// <summary>
/// Routing numbers of US banks: ABA Routing Number Administrative Board, "Routing Number Policy and Procedures" - nine digits, the first two
/// of a Federal Reserve district (00-12, thrifts 21-32, electronic 61-72) or 80 for traveller's cheques; weights 3, 7, 1, sum a multiple of ten.
/// </summary>
internal static class AbaRouting
{
    private const int Length = 9;

    private static readonly int[] Weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[Length]);
        return Validation.Of(digits.Length == Length && IsDistrict(digits) && digits.ContainsAnyExcept('0') && Weighted.Sum(digits, Weights) % 10 == 0, candidate);
    }

    private static bool IsDistrict(ReadOnlySpan<char> digits) =>
        ((digits[0] - '0') * 10) + digits[1] - '0' is <= 12 or (>= 21 and <= 32) or (>= 61 and <= 72) or 80;
}
