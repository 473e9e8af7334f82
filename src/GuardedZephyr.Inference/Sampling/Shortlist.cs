using System.Numerics.Tensors;

namespace GuardedZephyr.Inference.Sampling;

/// <summary>
/// Draws from the tokens that top-k, top-p and min-p leave, in that order; each looks at what the one before it left. Tokens are ranked by how far their
/// scaled logit is below the best one's, those of equal logit by id. They are put into bins, and only the bin in which a limit falls is sorted, so that
/// the cost does not depend on how flat the distribution is. Not thread-safe.
/// </summary>
internal sealed class Shortlist(SamplingSettings settings)
{
    /// <summary>Tokens further below the best are never drawn: together they are under a float's resolution.</summary>
    private const float Negligible = 30;

    private const float BinsPerUnit = 32;
    private const int Bins = (int)(Negligible * BinsPerUnit);

    // The last one is of the tokens that are never drawn.
    private readonly int[] _counts = new int[Bins + 1];
    private readonly float[] _sums = new float[Bins + 1];
    private int[] _kept = [];
    private int[] _edge = [];
    private int _keptCount;
    private int _edgeCount;
    private float[] _distances = [];
    private float[] _weights = [];

    /// <param name="point">Where to draw, from 0 to 1 (exclusive).</param>
    public int Draw(ReadOnlySpan<float> logits, float point)
    {
        Weigh(logits);
        if (settings.TopK > 0)
        {
            Count();
            KeepBest(settings.TopK, float.PositiveInfinity, BinThatReaches(settings.TopK));
            if (settings.TopP < 1)
            {
                KeepNucleus();
            }
        }
        else if (settings.TopP < 1)
        {
            Sum();
            var share = settings.TopP * TensorPrimitives.Sum<float>(_sums.AsSpan(0, Bins));
            KeepBest(int.MaxValue, share, BinThatReaches(share));
        }
        else
        {
            KeepBest(int.MaxValue, float.PositiveInfinity, settings.MinP > 0 ? BinOf(-MathF.Log(settings.MinP)) : Bins - 1);
        }

        DropUnlikely();
        return DrawKept(point);
    }

    /// <summary>Distances below the best logit, and weights relative to the best token's.</summary>
    private void Weigh(ReadOnlySpan<float> logits)
    {
        if (_distances.Length != logits.Length)
        {
            (_distances, _weights, _kept, _edge) = (new float[logits.Length], new float[logits.Length], new int[logits.Length], new int[logits.Length]);
        }

        TensorPrimitives.Subtract(TensorPrimitives.Max(logits), logits, _distances);
        TensorPrimitives.Divide(_distances, settings.Temperature, _distances);
        TensorPrimitives.Negate<float>(_distances, _weights);
        TensorPrimitives.Exp<float>(_weights, _weights);
    }

    private static int BinOf(float distance) => Math.Min((int)(distance * BinsPerUnit), Bins);

    private void Count()
    {
        Array.Clear(_counts);
        foreach (var distance in _distances)
        {
            _counts[BinOf(distance)]++;
        }
    }

    private void Sum()
    {
        Array.Clear(_sums);
        for (var token = 0; token < _distances.Length; token++)
        {
            _sums[BinOf(_distances[token])] += _weights[token];
        }
    }

    private int BinThatReaches(int count)
    {
        var bin = 0;
        while (bin < Bins - 1 && (count -= _counts[bin]) > 0)
        {
            bin++;
        }

        return bin;
    }

    private int BinThatReaches(float weight)
    {
        var bin = 0;
        while (bin < Bins - 1 && (weight -= _sums[bin]) > 0)
        {
            bin++;
        }

        return bin;
    }

    /// <summary>Keeps the best tokens until they reach a count or a weight, which they do in the given bin or not at all.</summary>
    private void KeepBest(int count, float weight, int lastBin)
    {
        var (inside, outside) = (lastBin / BinsPerUnit, (lastBin + 1) / BinsPerUnit);
        var (distances, kept, edge) = (_distances, _kept, _edge);
        var (keptCount, edgeCount) = (0, 0);
        for (var token = 0; token < distances.Length; token++)
        {
            // Written without branches: which way they go cannot be foreseen.
            var distance = distances[token];
            kept[keptCount] = token;
            edge[edgeCount] = token;
            keptCount += distance < inside ? 1 : 0;
            edgeCount += distance >= inside && distance < outside ? 1 : 0;
        }

        (_keptCount, _edgeCount) = (keptCount, edgeCount);
        KeepRanked(count - keptCount, float.IsFinite(weight) ? weight - KeptWeight() : weight);
    }

    /// <summary>Of the tokens that are kept, the best ones that reach top-p of their weight.</summary>
    private void KeepNucleus()
    {
        var weight = settings.TopP * KeptWeight();
        (_kept, _edge, _keptCount, _edgeCount) = (_edge, _kept, 0, _keptCount);
        KeepRanked(int.MaxValue, weight);
    }

    /// <summary>Adds from the edge, best first, until a count or a weight is reached; at least one token is kept.</summary>
    private void KeepRanked(int count, float weight)
    {
        var edge = _edge.AsSpan(0, _edgeCount);
        if (count < edge.Length || float.IsFinite(weight))
        {
            edge.Sort((a, b) => _distances[a] != _distances[b] ? _distances[a].CompareTo(_distances[b]) : a.CompareTo(b));
        }

        foreach (var token in edge)
        {
            if (_keptCount > 0 && (count <= 0 || weight <= 0))
            {
                break;
            }

            _kept[_keptCount++] = token;
            count--;
            weight -= _weights[token];
        }
    }

    /// <summary>The best token's weight is 1, so min-p's share of it is a weight.</summary>
    private void DropUnlikely()
    {
        var count = 0;
        for (var i = 0; i < _keptCount && settings.MinP > 0; i++)
        {
            _kept[count] = _kept[i];
            count += _weights[_kept[i]] >= settings.MinP ? 1 : 0;
        }

        _keptCount = settings.MinP > 0 ? count : _keptCount;
    }

    private float KeptWeight()
    {
        var total = 0f;
        foreach (var token in _kept.AsSpan(0, _keptCount))
        {
            total += _weights[token];
        }

        return total;
    }

    private int DrawKept(float point)
    {
        var kept = _kept.AsSpan(0, _keptCount);
        var rest = point * KeptWeight();
        foreach (var token in kept)
        {
            rest -= _weights[token];
            if (rest < 0)
            {
                return token;
            }
        }

        return kept[^1];
    }
}
