namespace GuardedZephyr.Classification;

/// <summary>One of the networks that were trained on the same data.</summary>
/// <param name="Minutes">Of training.</param>
/// <param name="Figures">Shares and areas by name, the same names for every network.</param>
internal sealed record ComparisonDescription(string Network, long Parameters, double Minutes, IReadOnlyDictionary<string, double> Figures);
