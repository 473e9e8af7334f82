namespace GuardedZephyr.Evaluation;

/// <summary>One line of the headline.</summary>
/// <param name="Set">A set, or <see cref="Headline.Together"/>.</param>
/// <param name="Rows">Texts behind it.</param>
/// <param name="Value">At the headline's threshold, or an area; null where nothing can be said.</param>
/// <param name="AtHalf">The same at a score of <see cref="HarmMetrics.Threshold"/>; null for areas.</param>
/// <param name="Target">What is to be reached; null where it is told for all sets together.</param>
/// <param name="IsMet">Null without a target or a value.</param>
internal sealed record HeadlineFigure(string What, string Set, string Use, int Rows, double? Value, double? AtHalf, string? Target, bool? IsMet);
