namespace GuardedZephyr.Evaluation;

/// <summary>A set that was measured.</summary>
internal sealed record SetSummary(string Name, string Use, string? Kind, int Rows);
