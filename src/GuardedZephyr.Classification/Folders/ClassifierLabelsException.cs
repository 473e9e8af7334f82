namespace GuardedZephyr.Classification;

/// <summary>A policy maps labels that its classifier does not have. The message is one line that lists those that there are.</summary>
public sealed class ClassifierLabelsException(string message) : Exception(message);
