namespace GuardedZephyr.Policies;

/// <summary>A word or phrase of a recognizer's list that stands near a match.</summary>
/// <param name="IsBefore">It stands before the match; else behind it.</param>
public readonly record struct ContextSupport(string Phrase, bool IsBefore);
