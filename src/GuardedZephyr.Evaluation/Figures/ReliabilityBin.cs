namespace GuardedZephyr.Evaluation;

/// <summary>Texts with scores from <paramref name="From"/> to <paramref name="To"/>.</summary>
/// <param name="Positive">Share of them that have the label.</param>
internal sealed record ReliabilityBin(double From, double To, int Count, double MeanScore, double Positive);
