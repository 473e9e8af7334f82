using System.Globalization;

namespace GuardedZephyr.Policies;

/// <summary>What the national schemes have in common: fixed shapes, letters that count, and dates inside numbers.</summary>
internal static class WorldText
{
    /// <param name="shape">One character a place: <c>9</c> a digit, <c>A</c> a letter in upper case, <c>*</c> either.</param>
    public static bool Fits(ReadOnlySpan<char> text, string shape)
    {
        if (text.Length != shape.Length)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var fits = shape[i] switch
            {
                '9' => char.IsAsciiDigit(text[i]),
                'A' => char.IsAsciiLetterUpper(text[i]),
                _ => char.IsAsciiDigit(text[i]) || char.IsAsciiLetterUpper(text[i]),
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Multiplies the place of each character in <paramref name="alphabet"/> by its weight and adds.</summary>
    /// <returns>Null when a character is not in the alphabet.</returns>
    public static int? Sum(ReadOnlySpan<char> text, string alphabet, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var value = alphabet.IndexOf(text[i]);
            if (value < 0)
            {
                return null;
            }

            sum += value * weights[i];
        }

        return sum;
    }

    /// <summary>The number that a few digits make.</summary>
    public static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Year, month and day in two digits each; the century is unknown, so 29 February stands in each year that four divides.</summary>
    public static bool IsShortDate(ReadOnlySpan<char> digits) => IsDate(2000 + Number(digits[..2]), Number(digits[2..4]), Number(digits[4..6]));

    /// <summary>A day of the calendar, in the years of those alive.</summary>
    public static bool IsDate(int year, int month, int day) =>
        year is >= 1850 and <= 2099 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    /// <summary>The check digit by modulus 11 where the remainders 0 and 1 both give 0.</summary>
    public static int Mod11OrZero(int sum) => sum % 11 < 2 ? 0 : 11 - (sum % 11);

    public static bool Ends(ReadOnlySpan<char> text, int checkDigit) => text[^1] - '0' == checkDigit;
}
