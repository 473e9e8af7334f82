namespace GuardedZephyr.Policies;

/// <summary>
/// Numbers that the US Social Security Administration never issues (SSA POMS RM 10201.035): area 000, 666 and 900-999, group 00,
/// serial 0000; and those that SSA voided after they were printed in advertisements. There is no check digit, so nothing is proved valid.
/// </summary>
internal static class UsSsn
{
    private static readonly string[] Voided = ["078051120", "219099999"];

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        Span<char> digits = stackalloc char[9];
        var count = 0;
        foreach (var character in candidate)
        {
            if (!char.IsAsciiDigit(character))
            {
                continue;
            }

            if (count == digits.Length)
            {
                return Validation.Invalid;
            }

            digits[count++] = character;
        }

        return count == digits.Length && IsIssuable(digits) ? new Validation(Validity.Undecided, candidate.Length) : Validation.Invalid;
    }

    private static bool IsIssuable(ReadOnlySpan<char> digits)
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
