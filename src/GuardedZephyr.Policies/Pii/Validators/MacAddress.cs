namespace GuardedZephyr.Policies;

/// <summary>
/// Addresses of network interfaces: IEEE 802, EUI-48. Nothing but zeros and the broadcast address (IEEE 802, clause 8.2.2) belong to nobody; of
/// others nothing can be proved.
/// </summary>
internal static class MacAddress
{
    private const int HexDigits = 12;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var digits = Characters.LettersAndDigits(candidate, stackalloc char[HexDigits]);
        return digits.Length == HexDigits && digits.ContainsAnyExcept('0') && digits.ContainsAnyExcept('F') && AreHexadecimal(digits)
            ? Validation.Undecided(candidate)
            : Validation.Invalid;
    }

    private static bool AreHexadecimal(ReadOnlySpan<char> digits)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }

        return true;
    }
}
