using System.Globalization;
using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Bench;

internal static class SpeedReport
{
    private const string Command = "dotnet run -c Release --project bench/GuardedZephyr.Bench -- pii-speed --data ../shared/data --out bench/results/pii-speed.md";

    /// <summary>What is to be reached.</summary>
    private const double CleanMegabytes = 50;
    private const double TimesFaster = 20;

    public static Document Write(PiiScanner scanner, SpeedRun run, int messages, int rounds, (Peers? Peers, string? Problem) beside, IReadOnlyList<LongTextTime> longTexts)
    {
        var document = new Document("How fast personal data is hidden")
            .Paragraph($"`{Command}`")
            .Paragraph($"{Machine.Description}{(beside.Peers is { } node ? $"; {node.Runtime}" : "")}. One thread. Every pack on ({string.Join(", ", scanner.Settings.Packs.Select(pack => $"`{pack}`"))}; {scanner.Entities.Count} entities); a message goes in as text and comes out redacted. {Cells.Number(messages)} messages of {Messages.Length} characters of either sort: clean ones are utterances to assistants joined, without those in which anything is found; dirty ones hold one to three made-up values each. {rounds} rounds after one to warm up, ours and the peers in turn; median (least to most). Processor time is that of all threads, so it tells the cost also where other programs ran beside.")
            .Heading("200-character messages")
            .Table(
                ["redactor", "messages", "µs a message", "processor µs a message", "MB/s", "messages changed"],
                run.All.Select(series => (string[])[Name(series.Redactor, beside.Peers), series.Set, Spread.Of(series.Microseconds, "0.00"), Spread.Of(series.CpuMicroseconds, "0.00"), Spread.Of(series.Microseconds.Select(micro => run.BytesOf(series.Set) / micro), "0.00"), $"{(100 * series.Changed).ToString("0.0", CultureInfo.InvariantCulture)} %"]));
        if (beside.Peers is not null)
        {
            document.Table(["messages", "the faster peer", "times as long as ours", "times the processor time of ours"], SpeedRun.Sets.Select(set => Ratio(run, beside.Peers, set)));
            document.Paragraph("The peers run with their defaults. `openredaction` has no synchronous call: its `detect` is awaited, one message after the other.");
        }
        else
        {
            document.Paragraph($"The peers were not measured: {beside.Problem}.");
        }

        var clean = run.BytesOf(SpeedRun.Clean) / run.MicrosecondsOf(SpeedRun.Ours, SpeedRun.Clean);
        document.Paragraph($"To be reached on clean messages: {Number(CleanMegabytes, "0")} MB/s, {(clean >= CleanMegabytes ? "reached" : "NOT reached")} ({Number(clean, "0.0")}; {Number(run.BytesOf(SpeedRun.Clean) / run.CpuMicrosecondsOf(SpeedRun.Ours, SpeedRun.Clean), "0.0")} by processor time){(beside.Peers is { } peers ? $"; {Number(TimesFaster, "0")} times the faster peer, {(Times(run, peers, SpeedRun.Clean).Times >= TimesFaster ? "reached" : "NOT reached")}" : "")}. A clean message allocates {Number(run.AllocatedByClean(), "0")} bytes.");
        WriteLong(document, longTexts);
        return document;
    }

    private static void WriteLong(Document document, IReadOnlyList<LongTextTime> longTexts)
    {
        var worst = longTexts.MaxBy(time => time.Seconds ?? double.MaxValue)!;
        document
            .Heading($"Texts of {Cells.Number(LongTextRun.Length)} characters")
            .Paragraph($"Hard ones on purpose; the least time of up to {LongTextRun.Scans} scans. In linear time a text takes four times as long as a quarter of it. Worst: {worst.Name}, {Seconds(worst.Seconds)} s.")
            .Table(
                ["text", "MB", "seconds", "MB/s", "times a quarter of it", "findings"],
                longTexts.Select(time => (string[])
                [
                    time.Name,
                    Number(time.Bytes / 1e6, "0.0"),
                    Seconds(time.Seconds),
                    time.Seconds is { } seconds ? Number(time.Bytes / 1e6 / seconds, "0.0") : "-",
                    time.Seconds is { } all && time.Quarter is { } quarter ? Number(all / quarter, "0.0") : "-",
                    time.Seconds is null ? "-" : Cells.Number(time.Findings),
                ]));
    }

    private static string[] Ratio(SpeedRun run, Peers peers, string set)
    {
        var (peer, times) = Times(run, peers, set);
        return [set, Name(peer.Name, peers), Number(times, "0.0"), Number(run.CpuMicrosecondsOf(peer.Name, set) / run.CpuMicrosecondsOf(SpeedRun.Ours, set), "0.0")];
    }

    private static (Peers.Peer Peer, double Times) Times(SpeedRun run, Peers peers, string set)
    {
        var peer = peers.All.MinBy(peer => run.MicrosecondsOf(peer.Name, set))!;
        return (peer, run.MicrosecondsOf(peer.Name, set) / run.MicrosecondsOf(SpeedRun.Ours, set));
    }

    private static string Name(string redactor, Peers? peers) => peers?.All.FirstOrDefault(peer => peer.Name == redactor) is { } peer ? $"`{redactor}` {peer.Version}" : redactor;

    private static string Seconds(double? seconds) => seconds is { } value ? Number(value, "0.000") : $"over {LongTextRun.Patience.TotalSeconds}";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
