using System.Globalization;

namespace GuardedZephyr.Cli;

/// <summary>How far a command is, on a terminal; nothing where there is none.</summary>
internal sealed class ProgressBar(TextWriter output, bool isTerminal, TimeProvider time) : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly long _started = time.GetTimestamp();
    private long? _shownAt;
    private int _shownLength;

    /// <summary>On the error stream, so that what a command puts out can go into a file.</summary>
    public static ProgressBar OnErrorStream() => new(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);

    /// <param name="label">What stands behind the bar.</param>
    public void Show(long done, long total, string label)
    {
        if (MayShow(isLast: done == total))
        {
            var percent = total > 0 ? (int)(100 * done / total) : 100;
            var full = Width * percent / 100;
            Write($"[{new string('=', full)}{new string(' ', Width - full)}] {percent,3}% {label}");
        }
    }

    /// <summary>Where nobody knows how much there is: how many so far, and how many a second.</summary>
    public void Count(long done, string what)
    {
        if (MayShow(isLast: false))
        {
            Write(Counted(done, what));
        }
    }

    /// <summary>A number and a rate since the start, to stand behind a bar.</summary>
    public string Counted(long done, string what)
    {
        var seconds = time.GetElapsedTime(_started).TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"{done:N0} {what}, {(seconds > 0 ? done / seconds : 0):N0} a second");
    }

    public void Dispose()
    {
        if (_shownAt is not null)
        {
            output.WriteLine();
        }
    }

    private bool MayShow(bool isLast)
    {
        if (!isTerminal || (!isLast && _shownAt is { } shown && time.GetElapsedTime(shown) < Between))
        {
            return false;
        }

        _shownAt = time.GetTimestamp();
        return true;
    }

    private void Write(string line)
    {
        output.Write($"\r{line.PadRight(_shownLength)}");
        _shownLength = line.Length;
    }
}
