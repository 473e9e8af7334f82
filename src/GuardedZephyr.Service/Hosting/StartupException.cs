namespace GuardedZephyr.Service;

/// <summary>The service cannot start with these settings; the message says which and what to do.</summary>
internal sealed class StartupException(string message) : Exception(message);
