using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace GuardedZephyr.Cli;

internal static class PolicyDiffTables
{
    /// <summary>Wide enough for every line where there is no terminal to fit into.</summary>
    private const int FileWidth = 240;

    public static void Write(PolicyDiffReport report, TextWriter output)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{report.Old.Name} v{report.Old.Version} -> {report.New.Name} v{report.New.Version}: {report.Changed:N0} of {report.Lines:N0} lines change"));
        if (report.Changed == 0)
        {
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected || output != Console.Out)
        {
            console.Profile.Width = FileWidth;
        }

        var transitions = new Table { Border = TableBorder.Simple }.AddColumns("outcome", "lines", "examples");
        foreach (var transition in report.Transitions)
        {
            transitions.AddRow(new Text($"{transition.From} -> {transition.To}"), new Text(Number(transition.Count)), new Text(string.Join(", ", transition.Examples.Select(Id))));
        }

        console.Write(transitions);
        if (report.Rules.Count == 0)
        {
            return;
        }

        var rules = new Table { Border = TableBorder.Simple }.AddColumns("rule", "matches now", "matches no more");
        foreach (var rule in report.Rules)
        {
            rules.AddRow(new Text(rule.Rule), new Text(Number(rule.Gained)), new Text(Number(rule.Lost)));
        }

        console.Write(rules);
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Id(JsonElement id) => id.ValueKind == JsonValueKind.String ? id.GetString()! : id.GetRawText();
}
