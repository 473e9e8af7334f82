namespace GuardedZephyr.Guardrails;

/// <summary>The guard's time for this turn is used up. No fault of the detector that was asked last.</summary>
internal sealed class DeadlinePassedException() : Exception("The guard's deadline for this turn has passed.");
