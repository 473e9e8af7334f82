namespace GuardedZephyr.Policies;

/// <summary>The weighted sums that most national check digits are made of: multiply each digit by the weight of its place and add.</summary>
internal static class Weighted
{
    /// <param name="digits">ASCII digits, at least as many as there are weights; those behind are left out of the sum.</param>
    public static int Sum(ReadOnlySpan<char> digits, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }

        return sum;
    }
}
