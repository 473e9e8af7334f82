using System.Globalization;
using GuardedZephyr.Modeling.StableLm;

namespace GuardedZephyr.Cli;

/// <summary>How much of a model is written, how fast, and how long it will still take.</summary>
internal sealed class ExportBar(ProgressBar bar, TimeProvider time) : IProgress<ExportProgress>
{
    private const long Megabyte = 1_000_000;
    private readonly long _started = time.GetTimestamp();

    public void Report(ExportProgress value)
    {
        var seconds = time.GetElapsedTime(_started).TotalSeconds;
        var rate = seconds > 0 ? value.Written / seconds : 0;
        var left = rate > 0 ? (value.Total - value.Written) / rate : 0;
        bar.Show(value.Written, value.Total, string.Create(CultureInfo.InvariantCulture, $"of {value.Total / Megabyte} MB, {rate / Megabyte:0} MB/s, {left:0} s left"));
    }
}
