namespace GuardedZephyr.Modeling.StableLm;

/// <param name="HeadOrder">For each row of a head in the graph, the checkpoint's row that it holds; null where rows stay in place.</param>
internal sealed record WeightPart(string Tensor, int Rows, IReadOnlyList<int>? HeadOrder = null);
