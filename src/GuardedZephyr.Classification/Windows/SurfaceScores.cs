namespace GuardedZephyr.Classification;

/// <summary>The scores of one window of one surface of a text.</summary>
/// <param name="Surface">A name of <see cref="SurfaceScorer"/> or of a <see cref="DecodedText"/>.</param>
/// <param name="Start">Where it stands, or where what it was decoded from stands, in UTF-16 code units of the original text.</param>
/// <param name="Scores">One a label, from 0 to 1.</param>
internal readonly record struct SurfaceScores(string Surface, int Start, int Length, float[] Scores);
