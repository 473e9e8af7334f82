using GuardedZephyr.Cli;
using GuardedZephyr.Modeling.StableLm;
using Microsoft.Extensions.Time.Testing;

namespace GuardedZephyr.Tests.Modeling;

public sealed class ExportBarTests
{
    [Fact]
    public void Bar_shows_the_rate_and_the_time_that_is_left()
    {
        var time = new FakeTimeProvider();
        using var output = new StringWriter { NewLine = "\n" };
        using var bar = new ProgressBar(output, isTerminal: true, time);
        var export = new ExportBar(bar, time);
        time.Advance(TimeSpan.FromSeconds(2));

        export.Report(new ExportProgress(500_000_000, 2_000_000_000));

        Assert.EndsWith(" 25% of 2000 MB, 250 MB/s, 6 s left", output.ToString(), StringComparison.Ordinal);
    }
}
