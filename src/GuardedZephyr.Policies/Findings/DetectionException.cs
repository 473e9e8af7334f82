namespace GuardedZephyr.Policies;

/// <summary>A detector cannot judge a text. The message never holds the text.</summary>
public sealed class DetectionException(string message, Exception? innerException = null) : Exception(message, innerException);
