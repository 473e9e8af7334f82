using GuardedZephyr.Modeling.RandomWeights;

namespace GuardedZephyr.Tests.Modeling.RandomWeights;

public sealed class GaussianNoiseTests
{
    private const int Count = 1 << 18;

    [Fact]
    public void Values_are_normally_distributed()
    {
        var values = Values(GaussianNoise.Key("a", 0), 0, Count);

        Assert.Equal(0, values.Average(), 0.01);
        Assert.Equal(1, values.Average(value => value * value), 0.01);
        Assert.Equal(3, values.Average(value => Math.Pow(value, 4)), 0.1);
        foreach (var (bound, share) in new[] { (-1.0, 0.1587), (0.5, 0.6915), (2.0, 0.9772) })
        {
            Assert.Equal(share, values.Count(value => value < bound) / (double)Count, 0.004);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(2560)]
    public void Neighbours_and_tensors_are_independent(int distance)
    {
        var (values, others) = (Values(GaussianNoise.Key("a", 0), 0, Count), Values(GaussianNoise.Key("b", 0), 0, Count));

        Assert.Equal(0, values.Zip(values.Skip(distance), (a, b) => (double)a * b).Average(), 0.01);
        Assert.Equal(0, values.Zip(others.Skip(distance), (a, b) => (double)a * b).Average(), 0.01);
    }

    [Theory]
    [InlineData(32, 100)]
    [InlineData(3200, 31)]
    public void Part_is_the_same_as_in_the_whole(int first, int count) =>
        Assert.Equal(Values(7, 0, 4096).AsSpan(first, count).ToArray(), Values(7, first, count));

    private static float[] Values(uint key, long first, int count)
    {
        var values = new float[count];
        GaussianNoise.Fill(key, first, 0, 1, values);
        return values;
    }
}
