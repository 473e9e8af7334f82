using System.Numerics.Tensors;

namespace GuardedZephyr.Inference.Sampling;

/// <summary>
/// Draws from the tokens that top-k, top-p and min-p leave, in that order; each looks at what the one before it left. Tokens are ranked by how far their
/// scaled logit is below the best one's, those of equal logit by id. Only the bin in which a limit falls is sorted, so that the cost does not depend on how
/// flat the distribution is. Not thread-safe.
/// </summary>
internal sealed class Shortlist(SamplingSettings settings)
{
    /// <summary>Tokens further below the best are never drawn: together they are under a float's resolution.</summary>
    private const float Negligible = 30;

    private const int BinsPerUnit = 32;
    private const int Bins = ((int)Negligible * BinsPerUnit) + 1;

    private readonly int[] _counts = new int[Bins];
    private readonly double[] _sums = new double[Bins];
    private readonly List<int> _members = [];
    private float[] _distances = [];
    private float[] _weights = [];

    /// <param name="point">Where to draw, from 0 to 1 (exclusive).</param>
    public int Draw(ReadOnlySpan<float> logits, float point)
    {
        Weigh(logits);
        var last = Limit();
        var total = 0.0;
        _members.Clear();
        for (var token = 0; token < logits.Length; token++)
        {
            if (last.Reaches(_distances[token], token))
            {
                _members.Add(token);
                total += _weights[token];
            }
        }

        var rest = point * total;
        foreach (var token in _members)
        {
            rest -= _weights[token];
            if (rest < 0)
            {
                return token;
            }
        }

        return _members[^1];
    }

    /// <summary>Distances below the best logit, and weights relative to the best token's.</summary>
    private void Weigh(ReadOnlySpan<float> logits)
    {
        if (_distances.Length != logits.Length)
        {
            (_distances, _weights) = (new float[logits.Length], new float[logits.Length]);
        }

        TensorPrimitives.Subtract(TensorPrimitives.Max(logits), logits, _distances);
        TensorPrimitives.Divide(_distances, settings.Temperature, _distances);
        TensorPrimitives.Negate<float>(_distances, _weights);
        TensorPrimitives.Exp<float>(_weights, _weights);
    }

    /// <summary>The lowest-ranked token that is left.</summary>
    private Rank Limit()
    {
        var last = new Rank(Negligible, int.MaxValue);
        if (settings.TopK > 0 || settings.TopP < 1)
        {
            Sort();
            last = settings.TopK > 0 ? LastOf(settings.TopK, double.PositiveInfinity, last) : last;
            last = settings.TopP < 1 ? LastOf(int.MaxValue, settings.TopP * WeightUpTo(last), last) : last;
        }

        // The best token's weight is 1, so a share of it is a distance.
        return settings.MinP > 0 && -MathF.Log(settings.MinP) is var most && most < last.Distance ? new Rank(most, int.MaxValue) : last;
    }

    private void Sort()
    {
        Array.Clear(_counts);
        Array.Clear(_sums);
        for (var token = 0; token < _distances.Length; token++)
        {
            if (_distances[token] <= Negligible)
            {
                var bin = (int)(_distances[token] * BinsPerUnit);
                _counts[bin]++;
                _sums[bin] += _weights[token];
            }
        }
    }

    /// <summary>The token with which the best ones reach a count or a weight; <paramref name="all"/> when they never do.</summary>
    private Rank LastOf(int count, double weight, Rank all)
    {
        for (var bin = 0; bin < Bins; bin++)
        {
            if (_counts[bin] >= count || _sums[bin] >= weight)
            {
                foreach (var token in RankedIn(bin))
                {
                    count--;
                    weight -= _weights[token];
                    if (count <= 0 || weight <= 0)
                    {
                        return new Rank(_distances[token], token).First(all);
                    }
                }
            }
            else
            {
                count -= _counts[bin];
                weight -= _sums[bin];
            }
        }

        return all;
    }

    private double WeightUpTo(Rank last)
    {
        var total = 0.0;
        for (var token = 0; token < _distances.Length; token++)
        {
            total += last.Reaches(_distances[token], token) ? _weights[token] : 0;
        }

        return total;
    }

    private List<int> RankedIn(int bin)
    {
        _members.Clear();
        for (var token = 0; token < _distances.Length; token++)
        {
            if (_distances[token] <= Negligible && (int)(_distances[token] * BinsPerUnit) == bin)
            {
                _members.Add(token);
            }
        }

        _members.Sort((a, b) => _distances[a] != _distances[b] ? _distances[a].CompareTo(_distances[b]) : a.CompareTo(b));
        return _members;
    }

    private readonly record struct Rank(float Distance, int Token)
    {
        public bool Reaches(float distance, int token) => distance < Distance || (distance == Distance && token <= Token);

        public Rank First(Rank other) => other.Reaches(Distance, Token) ? this : other;
    }
}
