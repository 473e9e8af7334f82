namespace GuardedZephyr.Inference.Engine;

/// <summary>A piece of the reply; whole characters only.</summary>
/// <param name="Result">Set on the last update.</param>
public readonly record struct GenerationUpdate(string Text, GenerationResult? Result);
