namespace GuardedZephyr.Inference.Sampling;

/// <summary>A logit bias is for a token id that the model has not.</summary>
public sealed class UnknownTokenException(int id, int vocabularySize)
    : Exception($"There is a logit bias for token id {id}, but the model's ids are 0 to {vocabularySize - 1}.");
