using System.Globalization;

namespace GuardedZephyr.Policies;

/// <summary>
/// Dates in digits, by the Gregorian calendar: year, month, day as in ISO 8601, or day and month in either order and a year of two or four
/// digits. A month in letters is the pattern's to judge. A date that exists may still be any other number, so nothing is proved valid.
/// </summary>
internal static class CalendarDate
{
    private const int Groups = 3;

    public static Validation Validate(ReadOnlySpan<char> candidate)
    {
        Span<int> values = stackalloc int[Groups];
        Span<int> lengths = stackalloc int[Groups];
        var count = 0;
        for (var i = 0; i < candidate.Length && count < Groups; i++)
        {
            if (char.IsLetter(candidate[i]))
            {
                return Validation.Undecided(candidate);
            }

            if (!char.IsAsciiDigit(candidate[i]))
            {
                continue;
            }

            var start = i;
            while (i + 1 < candidate.Length && char.IsAsciiDigit(candidate[i + 1]))
            {
                i++;
            }

            lengths[count] = i + 1 - start;
            if (!int.TryParse(candidate[start..(i + 1)], NumberStyles.None, CultureInfo.InvariantCulture, out values[count++]))
            {
                return Validation.Invalid;
            }
        }

        return count == Groups && Exists(values, lengths) ? Validation.Undecided(candidate) : Validation.Invalid;
    }

    private static bool Exists(ReadOnlySpan<int> values, ReadOnlySpan<int> lengths)
    {
        if (lengths[0] == 4)
        {
            return IsDay(values[0], values[1], values[2]);
        }

        var year = lengths[2] == 4 ? values[2] : 2000 + values[2];
        return lengths[2] is 2 or 4 && (IsDay(year, values[1], values[0]) || IsDay(year, values[0], values[1]));
    }

    private static bool IsDay(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
}
