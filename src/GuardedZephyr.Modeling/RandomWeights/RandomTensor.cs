namespace GuardedZephyr.Modeling.RandomWeights;

/// <param name="Mean">Of its values.</param>
/// <param name="Spread">Their standard deviation.</param>
internal sealed record RandomTensor(string Name, long[] Shape, float Mean, float Spread)
{
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
