using System.Globalization;
using GuardedZephyr.Audit;
using Spectre.Console;

namespace GuardedZephyr.Cli;

internal static class AuditTable
{
    /// <summary>Wide enough for every column where there is no terminal to fit into.</summary>
    private const int FileWidth = 200;

    public static void Write(IReadOnlyList<AuditRecord> records)
    {
        if (records.Count == 0)
        {
            Console.WriteLine("No records.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("#", "Time (UTC)", "Turn", "Direction", "Outcome", "Action", "Rules", "Findings", "ms");
        foreach (var record in records)
        {
            table.AddRow(
                new Text(record.Sequence.ToString(CultureInfo.InvariantCulture)),
                new Text(record.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)),
                new Text(record.Turn),
                new Text(record.Direction),
                new Text(record.Outcome, Color(record.Outcome)),
                new Text(record.Action),
                new Text(string.Join(", ", record.Rules)),
                new Text(string.Join(", ", record.Findings.Select(finding => finding.Category).Distinct())),
                new Text(record.GuardMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = FileWidth;
        }

        console.Write(table);
    }

    private static Style Color(string outcome) => outcome switch
    {
        "blocked" or "unjudged" => new Style(Spectre.Console.Color.Red),
        "modified" => new Style(Spectre.Console.Color.Yellow),
        _ => Style.Plain,
    };
}
