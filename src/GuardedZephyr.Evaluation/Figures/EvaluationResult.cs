using GuardedZephyr.Classification;

namespace GuardedZephyr.Evaluation;

/// <summary>Everything that a report says. Names, ids and numbers; never a text.</summary>
internal sealed record EvaluationResult
{
    public required string Model { get; init; }

    public required string Sha256 { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    public required IReadOnlyList<SetSummary> Sets { get; init; }

    public required Headline Headline { get; init; }

    /// <summary>Over all sets that are strangers to the model.</summary>
    public required IReadOnlyList<LabelFigures> Strangers { get; init; }

    /// <summary>Over development rows, relatives of what was trained on.</summary>
    public required IReadOnlyList<LabelFigures> Relatives { get; init; }

    public required IReadOnlyList<MetricDescription> Errors { get; init; }

    public required IReadOnlyList<GroupFigures> Groups { get; init; }

    public required IReadOnlyList<ConfusedRows> Confusions { get; init; }

    public required SpeedFigures Speed { get; init; }

    public required IReadOnlyList<ComparisonDescription> Comparison { get; init; }

    public static EvaluationResult Of(ClassifierDescription model, IReadOnlyList<ScoredSet> sets, SpeedFigures speed)
    {
        // Trained rows only show how groups fare beside each other.
        ScoredSet[] reported = [.. sets.Where(scored => scored.Set.Use != SetUse.Train)];
        string[] labels = [.. model.Labels.Select(label => label.Name)];
        return new EvaluationResult
        {
            Model = model.Name,
            Sha256 = model.Sha256,
            Labels = labels,
            Sets = [.. sets.Select(scored => new SetSummary(scored.Set.Name, scored.Set.Use, scored.Set.Kind, scored.Set.Examples.Count))],
            Headline = Headline.Of(reported, labels),
            Strangers = [.. LabelFigures.Of([.. reported.Where(scored => SetUse.IsStranger(scored.Set.Use))], labels)],
            Relatives = [.. LabelFigures.Of([.. reported.Where(scored => !SetUse.IsStranger(scored.Set.Use))], labels)],
            Errors = [.. reported.SelectMany(scored => HarmMetrics.Measure(scored.Set.Name, scored.Set.Use, labels, scored.Set.Examples, scored.Scores).Where(metric => metric.Positives + metric.Negatives > 0))],
            Groups = [.. sets.SelectMany(scored => GroupFigures.Of(scored, labels))],
            Confusions = [.. reported.SelectMany(scored => ConfusedRows.Of(scored, labels))],
            Speed = speed,
            Comparison = model.Comparison,
        };
    }
}
