namespace GuardedZephyr.Classification;

/// <param name="Scores">One a label, as the model gave them: not yet known to be from 0 to 1.</param>
internal readonly record struct WindowScores(TextWindow Window, float[] Scores);
