namespace GuardedZephyr.Inference.Engine;

/// <param name="Id">The token to run.</param>
/// <param name="Past">Tokens that the slot has cached, which are those before it.</param>
public readonly record struct SlotStep(int Slot, int Id, int Past);
