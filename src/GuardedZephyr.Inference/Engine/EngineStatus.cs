namespace GuardedZephyr.Inference.Engine;

/// <summary>Facts for a health check.</summary>
/// <param name="IsReady">A session is loaded and requests are being taken.</param>
/// <param name="BusySlots">Requests being answered now.</param>
/// <param name="LastStep">When the model last finished a step; null before the first. Busy slots and an old step mean a stall.</param>
/// <param name="Rebuilds">Sessions that were thrown away after a failed step.</param>
public sealed record EngineStatus(bool IsReady, int BusySlots, int QueueLength, DateTimeOffset? LastStep, int Rebuilds);
