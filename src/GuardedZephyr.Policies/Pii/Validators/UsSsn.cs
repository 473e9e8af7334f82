namespace GuardedZephyr.Policies;

/// <summary>
/// Numbers that the US Social Security Administration never issues (SSA POMS RM 10201.035): area 000, 666 and 900-999, group 00,
/// serial 0000; and those that SSA voided after they were printed in advertisements. There is no check digit, so nothing is proved valid.
/// </summary>
internal static class UsSsn
{
    private const int Length = 9;

    private static readonly string[] Voided = ["078051120", "219099999"];

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.Digits(candidate, stackalloc char[Length]);
        return digits.Length == Length && IsIssuable(digits) ? Validation.Undecided(candidate) : Validation.Invalid;
    }

    /// <param name="digits">Nine of them.</param>
    public static bool IsIssuable(ReadOnlySpan<char> digits)
    {
        foreach (var voided in Voided)
        {
            if (digits.SequenceEqual(voided))
            {
                return false;
            }
        }

        return digits[..3] is not ("000" or "666") && digits[0] != '9' && digits[3..5] is not "00" && digits[5..] is not "0000";
    }
}
