using System.Text;
using System.Threading.Channels;

namespace GuardedZephyr.Cli;

/// <summary>
/// Judges lines on every core and gives the results in the order of the lines. Lines go in batches, so that what a batch costs to hand over
/// is little beside its judgement; no more than a few batches are held.
/// </summary>
internal sealed class CheckRun(LineChecker checker)
{
    private const int MostLines = 64;
    private const int MostCharacters = 1 << 16;

    private static readonly int Ahead = 2 * Environment.ProcessorCount;

    /// <param name="written">Told how many lines are done, after each batch.</param>
    /// <returns>Whether every line could be judged.</returns>
    public async Task<bool> RunAsync(TextReader reader, TextWriter writer, Action<long> written, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<Task<Batch>>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var reading = ReadAsync(reader, batches.Writer, stop.Token);
        try
        {
            return await WriteAsync(batches.Reader, writer, written, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    /// <summary>Never throws: what goes wrong is told to whoever reads the channel.</summary>
    private async Task ReadAsync(TextReader reader, ChannelWriter<Task<Batch>> batches, CancellationToken cancellationToken)
    {
        try
        {
            var lines = new List<string>(MostLines);
            var characters = 0;
            while (true)
            {
                var next = reader.ReadLineAsync(cancellationToken);
                var isFull = lines.Count == MostLines || characters >= MostCharacters;
                if (isFull || (lines.Count > 0 && !next.IsCompleted))
                {
                    await StartAsync(lines, batches, cancellationToken); // nobody waits for a full batch while more is to come
                    (lines, characters) = (new List<string>(MostLines), 0);
                }

                if (await next is not { } line)
                {
                    break;
                }

                if (!string.IsNullOrWhiteSpace(line))
                {
                    lines.Add(line);
                    characters += line.Length;
                }
            }

            if (lines.Count > 0)
            {
                await StartAsync(lines, batches, cancellationToken);
            }

            batches.Complete();
        }
        catch (Exception exception)
        {
            batches.Complete(exception);
        }
    }

    private ValueTask StartAsync(List<string> lines, ChannelWriter<Task<Batch>> batches, CancellationToken cancellationToken) =>
        batches.WriteAsync(Task.Run(() => JudgeAsync(lines, cancellationToken), cancellationToken), cancellationToken);

    private async Task<Batch> JudgeAsync(List<string> lines, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        var allJudged = true;
        foreach (var line in lines)
        {
            var (result, judged) = await checker.CheckAsync(line, cancellationToken);
            output.Append(result).Append('\n');
            allJudged &= judged;
        }

        return new Batch(output, lines.Count, allJudged);
    }

    private static async Task<bool> WriteAsync(ChannelReader<Task<Batch>> batches, TextWriter writer, Action<long> written, CancellationToken cancellationToken)
    {
        var allJudged = true;
        var lines = 0L;
        await foreach (var running in batches.ReadAllAsync(cancellationToken))
        {
            var batch = await running;
            await writer.WriteAsync(batch.Output, cancellationToken);
            if (!batches.TryPeek(out var next) || !next.IsCompleted)
            {
                await writer.FlushAsync(cancellationToken); // whoever reads need not wait for the next batch
            }

            allJudged &= batch.AllJudged;
            lines += batch.Lines;
            written(lines);
        }

        return allJudged;
    }

    private sealed record Batch(StringBuilder Output, int Lines, bool AllJudged);
}
