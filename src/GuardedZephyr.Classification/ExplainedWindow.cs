namespace GuardedZephyr.Classification;

/// <summary>What one window of a text scored, never its text.</summary>
/// <param name="Surface">
/// How it was read: <c>plain</c>, <c>joined</c> (behind what came before in the conversation) or how it was hidden, such as <c>base64</c> or <c>leetspeak</c>;
/// with a plus sign where one hides in the other, the outer first.
/// </param>
/// <param name="Start">Where it stands, or the payload that it was decoded from, in UTF-16 code units of the original.</param>
/// <param name="Scores">One a label, in the classifier's order.</param>
public sealed record ExplainedWindow(string Surface, int Start, int Length, IReadOnlyList<LabelScore> Scores);
