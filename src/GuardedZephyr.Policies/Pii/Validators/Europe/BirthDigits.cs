namespace GuardedZephyr.Policies;

/// <summary>Dates of birth as national numbers hold them: in pairs of digits, often without a century.</summary>
internal static class BirthDigits
{
    /// <summary>The number that two digits at <paramref name="index"/> write.</summary>
    public static int Pair(ReadOnlySpan<char> digits, int index) => ((digits[index] - '0') * 10) + digits[index + 1] - '0';

    /// <summary>Whether the Gregorian calendar has such a day.</summary>
    public static bool IsDay(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    /// <param name="year">Of an unknown century, 0 to 99: taken as of the 21st, whose year 00 has a 29 February.</param>
    public static bool IsDayOfSomeCentury(int year, int month, int day) => IsDay(2000 + year, month, day);
}
