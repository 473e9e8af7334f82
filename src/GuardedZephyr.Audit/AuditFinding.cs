namespace GuardedZephyr.Audit;

/// <summary>What was found in the recorded text and where; never the text.</summary>
/// <param name="Start">UTF-16 offset in the message or reply that the recorded text is part of.</param>
public sealed record AuditFinding(string Category, int Start, int Length, double Score, string Detector);
