using System.Globalization;
using GuardedZephyr.Modeling.Hub;

namespace GuardedZephyr.Cli;

/// <summary>How much of a model is here, how fast it comes, and how long it will still take.</summary>
internal sealed class PullBar(ProgressBar bar, TimeProvider time) : IProgress<PullProgress>
{
    private const double Megabyte = 1_000_000;
    private readonly long _started = time.GetTimestamp();

    public void Report(PullProgress value)
    {
        var seconds = time.GetElapsedTime(_started).TotalSeconds;
        var rate = seconds > 0 ? value.Fetched / seconds : 0;
        var left = rate > 0 ? TimeSpan.FromSeconds(Math.Min((value.Total - value.Done) / rate, 359_999)) : TimeSpan.Zero;
        var hours = (int)left.TotalHours;
        bar.Show(value.Done, value.Total, string.Create(CultureInfo.InvariantCulture, $"of {value.Total / Megabyte:N0} MB, {rate / Megabyte:0.0} MB/s, {hours}:{left:mm\\:ss} left, {value.File}"));
    }
}
