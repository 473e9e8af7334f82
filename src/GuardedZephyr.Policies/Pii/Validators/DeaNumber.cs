namespace GuardedZephyr.Policies;

/// <summary>
/// Registration numbers of those who may prescribe controlled substances: US Drug Enforcement Administration, Diversion Control Division - two
/// letters and seven digits; the first, third and fifth digit and twice the second, fourth and sixth add up to a number that ends in the seventh.
/// </summary>
internal static class DeaNumber
{
    private const int Letters = 2;
    private const int Digits = 7;

    private static readonly int[] Weights = [1, 2, 1, 2, 1, 2];

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var characters = Characters.LettersAndDigits(candidate, stackalloc char[Letters + Digits]);
        return Validation.Of(characters.Length == Letters + Digits && IsRight(characters[Letters..]), candidate);
    }

    private static bool IsRight(ReadOnlySpan<char> digits) =>
        !digits.ContainsAnyExceptInRange('0', '9') && digits.ContainsAnyExcept('0') && Weighted.Sum(digits, Weights) % 10 == digits[^1] - '0';
}
