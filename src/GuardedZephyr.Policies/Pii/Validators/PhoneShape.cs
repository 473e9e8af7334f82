using System.Globalization;

namespace GuardedZephyr.Policies;

/// <summary>
/// Tells phone numbers from what looks like them. ITU-T E.164 clause 6 allows at most 15 digits; fewer than 7 are an extension or a
/// short code. Dates, spans of years and one digit repeated are dropped. Numbering plans change, so nothing is proved valid.
/// </summary>
internal static class PhoneShape
{
    private const int MinDigits = 7;
    private const int MaxDigits = 15;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var number = WithoutExtension(candidate);
        Span<char> digits = stackalloc char[MaxDigits];
        Span<int> groups = stackalloc int[MaxDigits];
        var count = 0;
        var groupCount = 0;
        var inGroup = false;
        foreach (var character in number)
        {
            var isDigit = char.IsAsciiDigit(character);
            if (isDigit && count == MaxDigits)
            {
                return Validation.Invalid;
            }

            if (isDigit && !inGroup)
            {
                groups[groupCount++] = count;
            }

            if (isDigit)
            {
                digits[count++] = character;
            }

            inGroup = isDigit;
        }

        digits = digits[..count];
        return count >= MinDigits && digits[1..].ContainsAnyExcept(digits[^1]) && !IsDate(digits, groups[..groupCount], number)
            ? Validation.Undecided(candidate)
            : Validation.Invalid;
    }

    public static ReadOnlySpan<char> WithoutExtension(ReadOnlySpan<char> candidate)
    {
        var letter = candidate.IndexOfAnyInRange('A', 'z');
        return letter < 0 ? candidate : candidate[..letter];
    }

    /// <summary>Year-month-day, day or month first, two years; never with a plus or a parenthesis.</summary>
    private static bool IsDate(ReadOnlySpan<char> digits, ReadOnlySpan<int> groups, ReadOnlySpan<char> number)
    {
        if (number.ContainsAny('+', '('))
        {
            return false;
        }

        return groups switch
        {
            [0, 4] => digits.Length == 8 && IsYear(digits[..4]) && IsYear(digits[4..]),
            [0, <= 2, <= 4] when groups[2] - groups[1] <= 2 && digits.Length - groups[2] is 2 or 4 =>
                IsDayAndMonth(digits[..groups[1]], digits[groups[1]..groups[2]]),
            [0, 4, <= 6] when digits.Length - groups[2] <= 2 => IsYear(digits[..4]) && IsDayAndMonth(digits[4..groups[2]], digits[groups[2]..]),
            [0] when digits.Length == 8 => (IsYear(digits[..4]) && IsDayAndMonth(digits[4..6], digits[6..]))
                || (IsYear(digits[4..]) && IsDayAndMonth(digits[..2], digits[2..4])),
            _ => false,
        };
    }

    private static bool IsYear(ReadOnlySpan<char> digits) => Number(digits) is >= 1900 and <= 2099;

    private static bool IsDayAndMonth(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var (a, b) = (Number(first), Number(second));
        return a is >= 1 and <= 31 && b is >= 1 and <= 31 && Math.Min(a, b) <= 12;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
