using System.Globalization;

namespace GuardedZephyr.Bench;

/// <summary>Several measurements of one thing, as text: median (least to most).</summary>
internal static class Spread
{
    public static string Of(IEnumerable<double> values, string format)
    {
        double[] sorted = [.. values.Order()];
        string Show(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Show(Median(sorted))} ({Show(sorted[0])} to {Show(sorted[^1])})";
    }

    /// <summary>Of an even number of values the upper of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
