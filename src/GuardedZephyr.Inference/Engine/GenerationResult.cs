namespace GuardedZephyr.Inference.Engine;

/// <param name="OutputTokens">Tokens written, without the end mark.</param>
/// <param name="CachedTokens">Tokens of the prompt that were in the cache already.</param>
public sealed record GenerationResult(StopReason Reason, int InputTokens, int OutputTokens, int CachedTokens = 0);
