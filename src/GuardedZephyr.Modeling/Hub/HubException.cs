namespace GuardedZephyr.Modeling.Hub;

/// <summary>A model cannot be downloaded. The message is one line: what, why, what to do. It never holds the token.</summary>
public sealed class HubException(string problem, Exception? inner = null) : Exception(problem, inner);
