using System.Buffers;
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
    private const int MinSubscriberDigits = 7;
    private const int MaxAddedDigits = 5;

    private static readonly SearchValues<char> DigitsAndDot = SearchValues.Create("0123456789.");

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        var number = WithoutAddedDigits(WithoutExtension(candidate));
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
        return count >= MinDigits && digits[1..].ContainsAnyExcept(digits[^1]) && !IsDate(digits, groups[..groupCount], number) && !IsVersion(number)
            ? Validation.Undecided(candidate)
            : Validation.Invalid;
    }

    public static ReadOnlySpan<char> WithoutExtension(ReadOnlySpan<char> candidate)
    {
        var letter = candidate.IndexOfAnyInRange('A', 'z');
        return letter < 0 ? candidate : candidate[..letter];
    }

    /// <summary>Without the few digits that a dash adds to seven or more: what a switchboard calls an extension, as in +86 20 61302222-8866.</summary>
    public static ReadOnlySpan<char> WithoutAddedDigits(ReadOnlySpan<char> number)
    {
        var dash = number.LastIndexOf('-');
        return dash >= MinSubscriberDigits && number.Length - dash - 1 <= MaxAddedDigits && !number[(dash - MinSubscriberDigits)..dash].ContainsAnyExceptInRange('0', '9')
            ? number[..dash]
            : number;
    }

    /// <summary>Year-month-day, day or month first, two years; never with a plus or a parenthesis.</summary>
    private static bool IsDate(ReadOnlySpan<char> digits, ReadOnlySpan<int> groups, ReadOnlySpan<char> number)
    {
        if (number.ContainsAny('+', '('))
        {
            return false;
        }

        if (groups.Length == 4 && digits.Length - groups[3] <= 2 && number.TrimEnd()[..^(digits.Length - groups[3])] is [.., ' '])
        {
            digits = digits[..groups[3]]; // without the hour behind it
            groups = groups[..3];
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

    /// <summary>Three dots or more and nothing else between the digits, of which one stands alone at the end or is a zero between two dots: 45.0.8460.1.</summary>
    private static bool IsVersion(ReadOnlySpan<char> number) =>
        number.Count('.') >= 3 && !number.ContainsAnyExcept(DigitsAndDot) && (number[^2] == '.' || number.Contains(".0.", StringComparison.Ordinal));

    private static bool IsYear(ReadOnlySpan<char> digits) => Number(digits) is >= 1900 and <= 2099;

    private static bool IsDayAndMonth(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var (a, b) = (Number(first), Number(second));
        return a is >= 1 and <= 31 && b is >= 1 and <= 31 && Math.Min(a, b) <= 12;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
