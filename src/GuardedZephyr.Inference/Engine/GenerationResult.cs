namespace GuardedZephyr.Inference.Engine;

/// <param name="OutputTokens">Tokens written, without the end mark.</param>
public sealed record GenerationResult(StopReason Reason, int InputTokens, int OutputTokens);
