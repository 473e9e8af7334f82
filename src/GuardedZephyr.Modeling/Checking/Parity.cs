namespace GuardedZephyr.Modeling.Checking;

/// <summary>How near a model comes to its fp32 truth on a text.</summary>
/// <param name="TopOneAgreement">Share of places, from 0 to 1, where both find the same token the most likely.</param>
/// <param name="MeanDivergence">Kullback-Leibler divergence of the model from the truth, in nats, the mean of all places.</param>
/// <param name="MaxDivergence">The same at the worst place.</param>
public sealed record Parity(int Tokens, double TopOneAgreement, double MeanDivergence, double MaxDivergence, double Perplexity, double TruthPerplexity);
