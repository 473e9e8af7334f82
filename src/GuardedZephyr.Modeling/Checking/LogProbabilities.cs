using System.Numerics.Tensors;

namespace GuardedZephyr.Modeling.Checking;

internal static class LogProbabilities
{
    /// <summary>Log-softmax; the sum is taken in float64, as vocabularies are large.</summary>
    /// <exception cref="NotFiniteNumberException">A logit is not finite.</exception>
    public static float[] Of(ReadOnlySpan<float> logits)
    {
        var max = TensorPrimitives.Max(logits);
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - max);
        }

        var norm = max + Math.Log(sum);
        if (!double.IsFinite(norm))
        {
            throw new NotFiniteNumberException("The model's logits are not finite.");
        }

        var result = new float[logits.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (float)(logits[i] - norm);
        }

        return result;
    }

    /// <summary>Σ p (log p - log q), in nats.</summary>
    public static double Divergence(ReadOnlySpan<float> truth, ReadOnlySpan<float> other)
    {
        var sum = 0.0;
        for (var i = 0; i < truth.Length; i++)
        {
            sum += Math.Exp(truth[i]) * (truth[i] - other[i]);
        }

        return Math.Max(0, sum);
    }
}
