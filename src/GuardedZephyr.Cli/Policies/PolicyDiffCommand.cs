using System.CommandLine;
using System.Text.Json;
using GuardedZephyr.Audit;
using GuardedZephyr.Guardrails;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Cli;

internal static class PolicyDiffCommand
{
    private const string NewPolicy = "new";
    private const int DefaultExamples = 5;

    private static readonly Argument<string> Old = new("OLD") { Description = "The policy that judges today." };
    private static readonly Argument<string> New = new("NEW") { Description = "The policy that would judge." };
    private static readonly Option<string> On = new("--on") { Description = "Texts to judge by both: JSON lines, as 'zephyr check' reads them.", HelpName = "FILE", Required = true };
    private static readonly Option<Direction> WhichWay = new("--direction") { Description = "Which way texts travel whose line does not say: input, tool or output.", HelpName = "DIRECTION" };
    private static readonly Option<int> Examples = new("--examples") { Description = "Ids to show of each transition.", HelpName = "N", DefaultValueFactory = _ => DefaultExamples };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object instead of tables." };

    public static Command Create()
    {
        WhichWay.AcceptOnlyFromAmong(Names.Of(Direction.Input), Names.Of(Direction.Tool), Names.Of(Direction.Output));
        var command = new Command(
            "diff",
            "Say what another policy would change, by outcome and by rule. Texts are judged and not shown; nothing is recorded. Exit code 1 when something changes.\n"
            + "Example: zephyr policy diff policies/standard.yaml policies/strict.yaml --on texts.jsonl")
        {
            Old, New, On, WhichWay, Examples, Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var options = new GuardrailsOptions { Policy = { Path = parsed.GetValue(Old)! }, Policies = { [NewPolicy] = parsed.GetValue(New)! }, Reload = { Enabled = false } };
        using var policies = GuardPolicies.Load(options, new NoAuditLog(), AuditKey.Ephemeral());
        using var old = policies.Take();
        using var @new = policies.Take(NewPolicy);
        var diff = new PolicyDiff(old.Pipeline, @new.Pipeline, parsed.GetValue(WhichWay));
        var problems = await CompareAsync(diff, parsed.GetValue(On)!, cancellationToken);
        foreach (var (number, problem) in problems)
        {
            await error.WriteLineAsync($"{parsed.GetValue(On)}:{number}: {problem}");
        }

        var report = diff.Report(Line(parsed.GetValue(Old)!, old), Line(parsed.GetValue(New)!, @new), problems.Count, parsed.GetValue(Examples));
        if (parsed.GetValue(Json))
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(report, CliJson.Lines.PolicyDiffReport));
        }
        else
        {
            PolicyDiffTables.Write(report, output);
        }

        return problems.Count > 0 ? ZephyrCommand.Unusable : report.Changed > 0 ? ZephyrCommand.Found : ZephyrCommand.Ok;
    }

    /// <returns>The lines that could not be judged, and why.</returns>
    private static async Task<IReadOnlyList<(long Number, string Problem)>> CompareAsync(PolicyDiff diff, string file, CancellationToken cancellationToken)
    {
        long total = File.ReadLines(file).LongCount();
        long done = 0;
        var problems = new List<(long Number, string Problem)>();
        using var bar = ProgressBar.OnErrorStream();
        await Parallel.ForEachAsync(File.ReadLines(file).Index(), cancellationToken, async (line, token) =>
        {
            long number = line.Index + 1;
            var problem = string.IsNullOrWhiteSpace(line.Item) ? null : await diff.CompareAsync(line.Item, number, token);
            lock (problems)
            {
                done++;
                bar.Show(done, total, bar.Counted(done, "lines"));
                if (problem is not null)
                {
                    problems.Add((number, problem));
                }
            }
        });
        return [.. problems.OrderBy(problem => problem.Number)];
    }

    private static PolicyDiffReport.PolicyLine Line(string file, PolicyLease lease)
    {
        var identity = lease.Pipeline.Policy.Identity;
        return new PolicyDiffReport.PolicyLine(file, identity.Name, identity.Version, identity.Sha256);
    }
}
