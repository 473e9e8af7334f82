namespace GuardedZephyr.Policies;

/// <summary>The check digit of payment card numbers and many national numbers: ISO/IEC 7812-1, annex B.</summary>
internal static class Luhn
{
    /// <param name="digits">ASCII digits, the check digit last; nothing else.</param>
    public static bool Holds(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }
}
