using GuardedZephyr.Modeling.StableLm;

namespace GuardedZephyr.Cli;

internal sealed class ExportBar(ProgressBar bar) : IProgress<ExportProgress>
{
    private const long Megabyte = 1_000_000;

    public void Report(ExportProgress value) => bar.Show(value.Written, value.Total, $"of {value.Total / Megabyte} MB");
}
