using System.Diagnostics;
using System.Text;

namespace GuardedZephyr.Bench;

/// <param name="Bytes">Of the long text as UTF-8.</param>
/// <param name="Quarter">Seconds for a text a quarter as long: in linear time a fourth of <paramref name="Seconds"/>.</param>
/// <param name="Seconds">Null when it took longer than <see cref="LongTextRun.Patience"/>.</param>
/// <param name="Findings">In the long text.</param>
internal sealed record LongTextTime(string Name, int Bytes, double? Quarter, double? Seconds, int Findings);

/// <summary>A million characters of whatever may be hard.</summary>
internal static class LongTextRun
{
    public const int Length = 1_000_000;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A text is scanned up to so often, and not again after so long; the least time counts.</summary>
    public const int Scans = 3;

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);

    public static IReadOnlyList<LongTextTime> Execute(PiiScanner scanner, IReadOnlyList<string> clean, int seed, ProgressLine progress)
    {
        var times = new List<LongTextTime>();
        var names = LongTexts.Names.ToArray();
        foreach (var name in names)
        {
            progress.Show($"1 MB: {name}", times.Count, names.Length);
            var (quarter, _) = Time(scanner, LongTexts.Make(name, Length / 4, clean, seed));
            var text = LongTexts.Make(name, Length, clean, seed);
            var (seconds, findings) = quarter is null ? (null, 0) : Time(scanner, text);
            times.Add(new LongTextTime(name, Encoding.UTF8.GetByteCount(text), quarter, seconds, findings));
        }

        progress.Show("done", 1, 1);
        return times;
    }

    private static (double? Seconds, int Findings) Time(PiiScanner scanner, string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        var least = double.MaxValue;
        var findings = 0;
        var begun = Stopwatch.GetTimestamp();
        for (var scan = 0; scan < Scans && Stopwatch.GetElapsedTime(begun) < Enough; scan++)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                findings = scanner.Find(text, patience.Token).Count;
            }
            catch (OperationCanceledException)
            {
                return (null, 0);
            }

            least = Math.Min(least, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return (least, findings);
    }
}
