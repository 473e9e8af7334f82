namespace GuardedZephyr.Cli;

/// <summary>A bar on the terminal, from the share of the input that was read; nothing where there is no terminal or no known length.</summary>
internal sealed class CheckProgress : IDisposable
{
    private const int Width = 30;

    private readonly Stream? _input;
    private long _lines;
    private int _shown = -1;

    private CheckProgress(Stream? input) => _input = input;

    public static CheckProgress Start(Stream input) => new(input.CanSeek && !Console.IsErrorRedirected ? input : null);

    public void Advance()
    {
        _lines++;
        if (_input is { Length: > 0 })
        {
            Show((int)(100 * _input.Position / _input.Length));
        }
    }

    public void Dispose()
    {
        if (_shown >= 0)
        {
            Show(100);
            Console.Error.WriteLine();
        }
    }

    private void Show(int percent)
    {
        if (percent != _shown)
        {
            _shown = percent;
            var full = Width * percent / 100;
            Console.Error.Write($"\r[{new string('=', full)}{new string(' ', Width - full)}] {percent,3}% {_lines} lines");
        }
    }
}
