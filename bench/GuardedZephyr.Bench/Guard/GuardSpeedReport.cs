using System.Globalization;
using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Bench;

internal static class GuardSpeedReport
{
    private const double ShareGoal = 2;
    private const double BeforeModelGoal = 5;

    public static Document Write(GuardRun run, int rounds, int turns)
    {
        double turnMilliseconds = 1_000 * GuardRun.ReplyTokens / GuardRun.TokensPerSecond;
        double[] shares = [.. run.GuardOfTurn.Select(guard => 100 * guard / (guard + turnMilliseconds))];
        return new Document("What the guard costs a turn")
            .Paragraph("`dotnet run -c Release --project bench/GuardedZephyr.Bench -- guard-speed --out bench/results/guard-speed.md`")
            .Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"{Machine.Description}. Standard policy with all that blocks in shadow mode, no model: a turn is {GuardRun.InputLength:N0} characters of input and a streamed reply of {GuardRun.ReplyTokens} tokens that take no time, all texts new. {rounds} rounds of {turns} turns; median (least to most)."))
            .Table(["", "measured", "goal"],
            [
                ["added before the model is called, ms; decision durable in SQLite", $"{Spread.Of(run.BeforeModel, "0.00")}, p95 {Percentile(run.BeforeModel, 0.95)}", $"p50 under {BeforeModelGoal} ms: {Reached(Spread.Median(run.BeforeModel) < BeforeModelGoal)}"],
                ["the same, decisions not written down", $"{Spread.Of(run.BeforeModelUnrecorded, "0.00")}, p95 {Percentile(run.BeforeModelUnrecorded, 0.95)}", ""],
                ["guard's time in a turn, ms; SQLite", Spread.Of(run.GuardOfTurn, "0.0"), ""],
                [string.Create(CultureInfo.InvariantCulture, $"guard's share of the turn at {GuardRun.TokensPerSecond} tokens/s, %"), Spread.Of(shares, "0.00"), $"under {ShareGoal} %: {Reached(Spread.Median(shares) < ShareGoal)}"],
                ["turns per second on all cores, decisions not written down", Spread.Of(run.TurnsPerSecond, "0"), ""],
                ["allocated in a turn, KiB", Spread.Of(run.BytesPerTurn.Select(bytes => bytes / 1024), "0"), ""],
            ])
            .Heading("A long conversation")
            .Paragraph($"{GuardRun.ConversationTurns} turns, each with its history; the guard's time in ms, decisions not written down.")
            .Table(["", "all turns", "last turn"],
            [
                ["history known from before", Spread.Of(run.CachedConversation, "0"), Spread.Of(run.CachedLastTurn, "0.0")],
                ["`cache: { entries: 0 }`", Spread.Of(run.UncachedConversation, "0"), Spread.Of(run.UncachedLastTurn, "0.0")],
            ]);
    }

    private static string Reached(bool reached) => reached ? "reached" : "missed";

    private static string Percentile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(share * (sorted.Length - 1))].ToString("0.00", CultureInfo.InvariantCulture);
    }
}
