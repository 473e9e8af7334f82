namespace GuardedZephyr.Training.Nano.Lessons;

/// <summary>A question and the reply that the model is taught.</summary>
internal sealed record Exchange(string Lesson, string Ask, string Say);
