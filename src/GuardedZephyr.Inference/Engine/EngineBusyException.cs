namespace GuardedZephyr.Inference.Engine;

/// <summary>The queue is full; try again later.</summary>
public sealed class EngineBusyException(int queueLimit)
    : Exception($"The engine's queue is full ({queueLimit} requests wait); try again later or raise the queue limit.");
