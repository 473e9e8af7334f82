using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using GuardedZephyr.Audit;
using GuardedZephyr.SemanticKernel;

namespace GuardedZephyr.Cli;

internal static class AuditQueryCommand
{
    private static readonly Option<string> Database = new("--database") { Description = "The audit database.", HelpName = "FILE", DefaultValueFactory = _ => new GuardedZephyrOptions().Audit.Path };
    private static readonly Option<string?> Turn = new("--turn") { Description = "Records of this turn: the id of the reply.", HelpName = "ID" };
    private static readonly Option<string?> Outcome = new("--outcome") { Description = "Records with this outcome.", HelpName = "OUTCOME" };
    private static readonly Option<string?> Rule = new("--rule") { Description = "Records that this rule decided.", HelpName = "ID" };
    private static readonly Option<DateTimeOffset?> Since = new("--since")
    {
        Description = "Records from this time on, such as 2026-11-23T14:00Z; without a zone it is UTC.",
        HelpName = "TIME",
        CustomParser = argument =>
        {
            if (DateTimeOffset.TryParse(argument.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            argument.AddError("'--since' needs a time such as 2026-11-23T14:00Z.");
            return null;
        },
    };

    private static readonly Option<int> Limit = new("--limit") { Description = "At most this many records, the newest.", HelpName = "N", DefaultValueFactory = _ => 50 };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object a line instead of a table." };

    public static Command Create()
    {
        Outcome.AcceptOnlyFromAmong("allowed", "modified", "blocked", "unjudged", "aborted");
        Limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("'--limit' needs a number from 1 up.");
            }
        });
        var command = new Command("query", "List decisions, oldest first. It reads only, and works while the service runs.\nExample: zephyr audit query --outcome blocked --limit 20")
        {
            Database, Turn, Outcome, Rule, Since, Limit, Json,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var records = new AuditQuery(parsed.GetValue(Database)!).Find(new AuditFilter
        {
            Turn = parsed.GetValue(Turn),
            Outcome = parsed.GetValue(Outcome),
            Rule = parsed.GetValue(Rule),
            Since = parsed.GetValue(Since),
            Limit = parsed.GetValue(Limit),
        });

        if (parsed.GetValue(Json))
        {
            foreach (var record in records)
            {
                Console.WriteLine(JsonSerializer.Serialize(record, CliJson.Lines.AuditRecord));
            }
        }
        else
        {
            AuditTable.Write(records);
        }

        return ZephyrCommand.Ok;
    }
}
