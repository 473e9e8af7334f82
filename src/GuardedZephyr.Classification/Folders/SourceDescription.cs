namespace GuardedZephyr.Classification;

/// <summary>A set that the weights were trained on.</summary>
internal sealed record SourceDescription(string Name, string Licence, int Rows);
