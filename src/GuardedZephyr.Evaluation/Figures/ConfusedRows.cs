namespace GuardedZephyr.Evaluation;

/// <summary>Rows of a set that the model gets wrong at a score of <see cref="HarmMetrics.Threshold"/>, by id.</summary>
/// <param name="Rows">The surest mistakes first.</param>
internal sealed record ConfusedRows(string Set, string Use, string Label, string What, int Count, IReadOnlyList<string> Rows)
{
    private const int Most = 10;

    public static IEnumerable<ConfusedRows> Of(ScoredSet scored, IReadOnlyList<string> labels)
    {
        var ofLabels = labels.Index().SelectMany(label => Of(scored, label.Item, row => (row.Example.Labels[label.Index], row.Scores[label.Index])));
        return ofLabels.Concat(Of(scored, LabelFigures.Any, row => (row.Example.AnyHarm, row.Scores.Max())));
    }

    private static IEnumerable<ConfusedRows> Of(ScoredSet scored, string label, Func<(Example Example, float[] Scores), (sbyte Known, float Score)> pick)
    {
        var wrong = scored.Rows
            .Select(row => (row.Example.Id, Picked: pick(row)))
            .Select(row => (row.Id, row.Picked.Known, row.Picked.Score, Flagged: row.Picked.Score >= HarmMetrics.Threshold))
            .Where(row => row.Known != Example.Silent && row.Flagged != (row.Known == 1))
            .ToLookup(row => row.Flagged);
        string[] missed = [.. wrong[false].OrderBy(row => row.Score).Select(row => row.Id)];
        string[] flagged = [.. wrong[true].OrderByDescending(row => row.Score).Select(row => row.Id)];
        return new (string What, string[] Rows)[] { ("missed", missed), ("falsely flagged", flagged) }
            .Where(mistake => mistake.Rows.Length > 0)
            .Select(mistake => new ConfusedRows(scored.Set.Name, scored.Set.Use, label, mistake.What, mistake.Rows.Length, [.. mistake.Rows.Take(Most)]));
    }
}
