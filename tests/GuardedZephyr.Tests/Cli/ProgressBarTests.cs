using GuardedZephyr.Cli;
using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.Cli;

public sealed class ProgressBarTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Bar_shows_how_much_of_the_whole_is_done()
    {
        using (var bar = new ProgressBar(_output, isTerminal: true, _time))
        {
            bar.Show(50, 200, "first");
            _time.Advance(TimeSpan.FromSeconds(1));
            bar.Show(200, 200, "all");
        }

        Assert.Equal($"\r[{new string('=', 7)}{new string(' ', 23)}]  25% first\r[{new string('=', 30)}] 100% all  \n", _output.ToString());
    }

    [Fact]
    public void Count_and_rate_are_shown_where_the_whole_is_not_known()
    {
        using var bar = new ProgressBar(_output, isTerminal: true, _time);
        _time.Advance(TimeSpan.FromSeconds(2));

        bar.Count(50_000, "lines");

        Assert.Equal("\r50,000 lines, 25,000 a second", _output.ToString());
    }

    [Fact]
    public void Terminal_is_written_to_ten_times_a_second_at_most()
    {
        using var bar = new ProgressBar(_output, isTerminal: true, _time);
        for (var done = 0; done < 1000; done++)
        {
            bar.Count(done, "lines");
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(10, _output.ToString().Count(character => character == '\r'));
    }

    [Fact]
    public void Nothing_is_shown_where_there_is_no_terminal()
    {
        using (var bar = new ProgressBar(_output, isTerminal: false, _time))
        {
            bar.Show(1, 2, "half");
            bar.Count(1, "lines");
        }

        Assert.Equal("", _output.ToString());
    }
}
