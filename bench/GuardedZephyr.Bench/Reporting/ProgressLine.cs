namespace GuardedZephyr.Bench;

/// <summary>One line on the terminal's error stream that says what is being done; nothing where that is no terminal.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly bool _enabled = !Console.IsErrorRedirected;
    private long _shown;

    public void Show(string what, int done, int total)
    {
        var now = Environment.TickCount64;
        if (_enabled && (now - _shown > Pause.TotalMilliseconds || done == total))
        {
            _shown = now;
            Console.Error.Write($"\r{(total > 0 ? 100L * done / total : 100),3}% {what}\e[K");
        }
    }

    public void Dispose()
    {
        if (_shown > 0)
        {
            Console.Error.WriteLine();
        }
    }
}
