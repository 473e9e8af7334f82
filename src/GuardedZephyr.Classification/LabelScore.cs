namespace GuardedZephyr.Classification;

/// <summary>How strongly a text carries a label, and where.</summary>
/// <param name="Score">From 0 to 1, calibrated: 0.5 is the label's shipped threshold.</param>
/// <param name="Start">Where the window with the highest score begins, in UTF-16 code units of the judged text.</param>
public readonly record struct LabelScore(string Label, double Score, int Start, int Length);
