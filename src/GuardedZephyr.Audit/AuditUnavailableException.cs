namespace GuardedZephyr.Audit;

/// <summary>A decision could not be recorded. Nothing that depends on it may be released.</summary>
public sealed class AuditUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
