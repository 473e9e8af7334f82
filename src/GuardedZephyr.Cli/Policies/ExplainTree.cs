using System.Globalization;
using Spectre.Console;

namespace GuardedZephyr.Cli;

internal static class ExplainTree
{
    /// <summary>Wide enough for every line where there is no terminal to fit into.</summary>
    private const int FileWidth = 240;

    /// <summary>How many labels of a window are shown.</summary>
    private const int HighestScores = 3;

    public static void Write(ExplainReport report, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected || output != Console.Out)
        {
            console.Profile.Width = FileWidth;
        }

        if (report.Matches.Count == 0 && report.Parts.Count == 0)
        {
            console.WriteLine("Nothing in the text looks like personal data.");
        }
        else
        {
            console.Write(OfPersonalData(report));
        }

        if (report.Windows.Count > 0)
        {
            console.Write(OfHarm(report));
        }
    }

    private static Tree OfPersonalData(ExplainReport report)
    {
        var tree = new Tree(new Text($"{report.Policy}, {report.Direction}"));
        foreach (var value in report.Matches.GroupBy(match => (match.Start, match.Length, match.Excerpt)))
        {
            var node = tree.AddNode(new Text(Where(value.Key.Start, value.Key.Length, value.Key.Excerpt), new Style(decoration: Decoration.Bold)));
            foreach (var match in value)
            {
                var line = node.AddNode(new Text($"{match.Entity}, {(match.Pattern is null ? $"detector '{match.Detector}'" : $"pattern '{match.Pattern}'")}: {Score(match)}"));
                line.AddNode(new Text(match.Reason, match.IsTaken ? new Style(Color.Green) : new Style(Color.Yellow)));
            }
        }

        foreach (var part in report.Parts.Where(part => !part.IsTaken))
        {
            var node = tree.AddNode(new Text($"Not taken: {Where(part.Start, part.Length, part.Excerpt)}", new Style(decoration: Decoration.Bold)));
            foreach (var reason in part.Reasons)
            {
                node.AddNode(new Text(reason, new Style(Color.Yellow)));
            }
        }

        return tree;
    }

    private static Tree OfHarm(ExplainReport report)
    {
        var tree = new Tree(new Text("Harm classifier: how each window of the text scores, read in each way"));
        foreach (var surface in report.Windows.GroupBy(window => window.Surface))
        {
            var node = tree.AddNode(new Text(surface.Key, new Style(decoration: Decoration.Bold)));
            foreach (var window in surface)
            {
                var scores = window.Scores.OrderByDescending(score => score.Value).Take(HighestScores).Select(score => string.Create(CultureInfo.InvariantCulture, $"{score.Key} {score.Value:0.00}"));
                node.AddNode(new Text($"{Where(window.Start, window.Length, null)}: {string.Join(", ", scores)}"));
            }
        }

        return tree;
    }

    private static string Where(int start, int length, string? excerpt) =>
        excerpt is null ? $"at {start}, length {length}" : $"at {start}, length {length}: {excerpt.ReplaceLineEndings(" ")}";

    /// <summary>How the score came to be: what the pattern gives, what changed it, what it is.</summary>
    private static string Score(ExplainedMatch match)
    {
        string?[] steps =
        [
            match.BaseScore?.ToString("0.00", CultureInfo.InvariantCulture),
            match.Validity is null ? null : $"validator {match.Validator} {match.Validity}",
            match.Context is { } context ? $"context '{context.Phrase}' {context.Side}" : null,
            match.NegativeContext is { } against ? $"negative context '{against.Phrase}' {against.Side}" : null,
            match.Score is { } score ? $"score {score.ToString("0.00", CultureInfo.InvariantCulture)}" : "dropped",
        ];
        return string.Join(" > ", steps.OfType<string>());
    }
}
