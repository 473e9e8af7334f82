using System.Globalization;

namespace GuardedZephyr.Evaluation;

/// <summary>Numbers as they stand in tables.</summary>
internal static class Cells
{
    private const int Most = 20;

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <param name="share">From 0 to 1; null becomes a dash.</param>
    public static string Share(double? share) => share?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>The first numbers of a list, and a sign that there are more.</summary>
    public static string First(IReadOnlyCollection<int> numbers) => string.Join(", ", numbers.Take(Most)) + (numbers.Count > Most ? " ..." : "");

    /// <param name="share">From 0 to 1; null becomes a dash.</param>
    public static string Percent(double? share) => share is { } value ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) + " %" : "-";

    public static string Percent(int part, int whole) => whole == 0 ? "-" : (100.0 * part / whole).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
