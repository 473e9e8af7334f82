namespace GuardedZephyr.Evaluation;

/// <summary>Times of single texts, one after the other on one thread.</summary>
internal sealed record SpeedFigures(string Machine, double TextsPerSecond, IReadOnlyList<SpeedFigures.OfLength> Lengths)
{
    private static readonly int[] _bounds = [100, 200, 500, 1_000, 2_000, int.MaxValue];

    /// <param name="times">Length of each text in UTF-16 code units, and what it took.</param>
    public static SpeedFigures Of(IReadOnlyList<(int Length, TimeSpan Time)> times)
    {
        var seconds = times.Sum(item => item.Time.TotalSeconds);
        return new SpeedFigures(
            Evaluation.Machine.Description,
            seconds > 0 ? times.Count / seconds : 0,
            [
                .. times.GroupBy(item => Array.FindIndex(_bounds, bound => item.Length <= bound))
                    .OrderBy(group => group.Key)
                    .Select(group => (group.Key, Sorted: group.Select(item => item.Time.TotalMilliseconds).Order().ToArray()))
                    .Select(group => new OfLength(group.Key == 0 ? 0 : _bounds[group.Key - 1] + 1, group.Key == _bounds.Length - 1 ? null : _bounds[group.Key], group.Sorted.Length, At(group.Sorted, 0.5), At(group.Sorted, 0.95))),
            ]);
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    /// <summary>Texts of <paramref name="From"/> to <paramref name="To"/> characters.</summary>
    /// <param name="P50">Milliseconds that half of them take at most.</param>
    internal sealed record OfLength(int From, int? To, int Texts, double P50, double P95);
}
