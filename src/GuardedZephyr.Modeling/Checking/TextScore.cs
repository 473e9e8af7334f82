namespace GuardedZephyr.Modeling.Checking;

/// <summary>How well a model foresees a text.</summary>
/// <param name="Tokens">Tokens that were foreseen, one after the other.</param>
/// <param name="Perplexity">exp of the mean negative log-likelihood of a token; lower is better.</param>
public sealed record TextScore(int Tokens, double Perplexity);
