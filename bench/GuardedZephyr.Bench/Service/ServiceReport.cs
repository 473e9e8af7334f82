using System.Globalization;
using System.Text;
using GuardedZephyr.Evaluation;

namespace GuardedZephyr.Bench;

internal static class ServiceReport
{
    public static string Write(int rounds, IReadOnlyList<string> prompts, IReadOnlyList<double> starts, IReadOnlyList<Turn> turns)
    {
        var text = new StringBuilder();
        text.AppendLine("# What a user of the service waits for");
        text.AppendLine();
        text.AppendLine("`dotnet run -c Release --project bench/GuardedZephyr.Bench -- service --out bench/results/service.md`");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Description}. Embedded model, standard policy, {rounds} fresh processes, greedy; median (minimum to maximum). Times as the client saw them, in ms.");
        text.AppendLine();
        text.AppendLine("| | ms |");
        text.AppendLine("|---|---|");
        text.AppendLine(CultureInfo.InvariantCulture, $"| process start to `/health/ready` | {Spread.Of(starts, "0")} |");
        text.AppendLine();
        text.AppendLine("| prompt | request to first text | whole turn | completion tokens | guard, ms | guard's share of the turn |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (string prompt in prompts)
        {
            Turn[] of = [.. turns.Where(turn => turn.Prompt == prompt)];
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {prompt} | {Spread.Of(of.Select(turn => turn.FirstText), "0.0")} | {Spread.Of(of.Select(turn => turn.Total), "0.0")} | {of[0].Tokens} | {Spread.Of(of.Select(turn => turn.Guard), "0.0")} | {Spread.Of(of.Select(turn => 100 * turn.Guard / turn.Total), "0.0")} % |");
        }

        text.AppendLine();
        text.AppendLine("The first prompt of each process includes what the runtime compiles on first use. The guard's time holds the durable write of each decision. A reply shorter than a segment and the gate's reach is released when it ends, so its first text comes with its last.");
        return text.ToString();
    }
}
