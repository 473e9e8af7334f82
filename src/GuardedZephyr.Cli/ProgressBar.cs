namespace GuardedZephyr.Cli;

/// <summary>A bar on the terminal's error stream; nothing where that is no terminal.</summary>
internal sealed class ProgressBar : IDisposable
{
    private const int Width = 30;

    private readonly bool _enabled = !Console.IsErrorRedirected;
    private int _shown = -1;

    /// <param name="label">What stands behind the bar.</param>
    public void Show(long done, long total, string label)
    {
        var percent = total > 0 ? (int)(100 * done / total) : 100;
        if (_enabled && percent != _shown)
        {
            _shown = percent;
            var full = Width * percent / 100;
            Console.Error.Write($"\r[{new string('=', full)}{new string(' ', Width - full)}] {percent,3}% {label}");
        }
    }

    public void Dispose()
    {
        if (_shown >= 0)
        {
            Console.Error.WriteLine();
        }
    }
}
