namespace GuardedZephyr.Policies;

/// <summary>Long numbers in digits.</summary>
internal static class DecimalNumber
{
    /// <param name="digits">ASCII digits and nothing else, however many.</param>
    /// <param name="modulus">At most 100,000,000.</param>
    public static int Mod(ReadOnlySpan<char> digits, int modulus)
    {
        var remainder = 0;
        foreach (var digit in digits)
        {
            remainder = ((remainder * 10) + digit - '0') % modulus;
        }

        return remainder;
    }
}
