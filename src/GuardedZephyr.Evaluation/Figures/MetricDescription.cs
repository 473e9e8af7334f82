namespace GuardedZephyr.Evaluation;

/// <summary>One figure of one development set, measured with the shipped model and thresholds.</summary>
/// <param name="Set">Name of the set.</param>
/// <param name="Use"><c>held-out</c> or <c>dev-only</c>.</param>
/// <param name="Label">A label, or <c>any</c>: at least one label over its threshold.</param>
/// <param name="Caught">Share of the set's positive texts over the threshold; null without positives.</param>
/// <param name="FalsePositiveRate">Share of its negative texts over the threshold; null without negatives.</param>
internal sealed record MetricDescription(string Set, string Use, string Label, int Positives, int Negatives, double? Auc, double? Caught, double? FalsePositiveRate);
