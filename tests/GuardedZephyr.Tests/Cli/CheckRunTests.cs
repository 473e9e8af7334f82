using System.IO.Pipelines;
using System.Text.Json;
using GuardedZephyr.Audit;
using GuardedZephyr.Cli;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;
using GuardedZephyr.Tests.Policies;

namespace GuardedZephyr.Tests.Cli;

public sealed class CheckRunTests : IDisposable
{
    private readonly PolicyFolder _folder = new(PolicyFolder.WithoutHarm);
    private readonly GuardPipeline _pipeline;

    public CheckRunTests() => _pipeline = GuardPipeline.Load(_folder.PolicyPath, new NoAuditLog(), AuditKey.Ephemeral());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CheckRun Run => new(new LineChecker(_pipeline, Direction.Input, withScores: false));

    public void Dispose()
    {
        _pipeline.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Lines_of_many_batches_come_back_in_order_and_are_counted()
    {
        var counts = new List<long>();
        using var output = new StringWriter();

        var allJudged = await Run.RunAsync(new StringReader(Lines(1000)), output, counts.Add, Cancellation);

        Assert.True(allJudged);
        Assert.Equal(Enumerable.Range(0, 1000), output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("id").GetInt32()));
        Assert.Equal(1000, counts[^1]);
        Assert.Equal(counts.Order(), counts);
    }

    [Fact]
    public async Task Empty_lines_are_left_out_and_a_bad_one_does_not_stop_the_others()
    {
        using var output = new StringWriter();

        var allJudged = await Run.RunAsync(new StringReader("\n{\"text\":\"my pin is 1234\"}\n\n{oops\n{\"text\":\"Hi\"}"), output, _ => { }, Cancellation);

        Assert.False(allJudged);
        Assert.Equal(["my pin is [PIN]", null, "Hi"], output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line).TryGetProperty("text", out var text) ? text.GetString() : null));
    }

    [Fact]
    public async Task Line_is_answered_before_the_next_one_comes()
    {
        var (there, back) = (new Pipe(), new Pipe());
        using var reader = new StreamReader(there.Reader.AsStream());
        await using var writer = new StreamWriter(back.Writer.AsStream());
        var run = Run.RunAsync(reader, writer, _ => { }, Cancellation);
        await using var lines = new StreamWriter(there.Writer.AsStream()) { AutoFlush = true };
        using var answers = new StreamReader(back.Reader.AsStream());

        foreach (var id in Enumerable.Range(1, 3))
        {
            await lines.WriteLineAsync($$"""{"id":{{id}},"text":"Hi"}""");
            Assert.StartsWith($$"""{"id":{{id}},""", await answers.ReadLineAsync(Cancellation), StringComparison.Ordinal);
        }

        await there.Writer.CompleteAsync();
        Assert.True(await run);
    }

    [Fact]
    public async Task Input_or_output_that_breaks_off_ends_the_run_with_its_error()
    {
        await Assert.ThrowsAsync<IOException>(() => Run.RunAsync(new BrokenReader(), new StringWriter(), _ => { }, Cancellation));
        await Assert.ThrowsAsync<IOException>(() => Run.RunAsync(new StringReader(Lines(5000)), new BrokenWriter(), _ => { }, Cancellation));
    }

    [Fact]
    public async Task Cancelled_run_stops()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run.RunAsync(new StringReader(Lines(5000)), new StringWriter(), _ => stop.Cancel(), stop.Token));
    }

    private static string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(id => $$"""{"id":{{id}},"text":"Number {{id}} is fine."}""" + "\n"));

    private sealed class BrokenReader : TextReader
    {
        public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => throw new IOException("broken");
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override Task WriteAsync(System.Text.StringBuilder? value, CancellationToken cancellationToken = default) => throw new IOException("broken");
    }
}
