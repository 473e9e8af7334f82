using System.Numerics.Tensors;
using System.Security.Cryptography;

namespace GuardedZephyr.Inference.Sampling;

/// <summary>Chooses the tokens of one reply. Not thread-safe.</summary>
internal sealed class Sampler
{
    /// <summary>Tokens this many units of scaled logit below the best are never drawn: together they are under a float's resolution.</summary>
    private const float Negligible = 30;

    private readonly SamplingSettings _settings;
    private readonly Random _random;
    private readonly HashSet<int> _prompt;
    private readonly Dictionary<int, int> _written = [];

    public Sampler(SamplingSettings settings, IEnumerable<int> prompt)
    {
        _settings = settings;
        var seed = settings.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        _random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        _prompt = settings.RepetitionPenalty == 1 ? [] : [.. prompt];
    }

    /// <summary>Draws a token and remembers it for the penalties. Changes the logits.</summary>
    public int Next(Span<float> logits)
    {
        Penalise(logits);
        var token = _settings.Temperature == 0 ? TensorPrimitives.IndexOfMax<float>(logits) : Draw(logits);
        _written[token] = _written.GetValueOrDefault(token) + 1;
        return token;
    }

    private void Penalise(Span<float> logits)
    {
        if (_settings.RepetitionPenalty != 1)
        {
            foreach (var token in _prompt.Union(_written.Keys))
            {
                logits[token] = logits[token] > 0 ? logits[token] / _settings.RepetitionPenalty : logits[token] * _settings.RepetitionPenalty;
            }
        }

        if (_settings.PresencePenalty != 0 || _settings.FrequencyPenalty != 0)
        {
            foreach (var (token, count) in _written)
            {
                logits[token] -= _settings.PresencePenalty + (count * _settings.FrequencyPenalty);
            }
        }
    }

    private int Draw(ReadOnlySpan<float> logits)
    {
        var (tokens, weights) = Candidates(logits);
        var kept = _settings.TopK == 0 ? tokens.Length : Math.Min(_settings.TopK, tokens.Length);
        var total = TensorPrimitives.Sum<float>(weights.AsSpan(0, kept));
        if (_settings.TopP < 1)
        {
            kept = Nucleus(weights.AsSpan(0, kept), total * _settings.TopP);
            total = TensorPrimitives.Sum<float>(weights.AsSpan(0, kept));
        }

        var point = _random.NextSingle() * total;
        for (var i = 0; i < kept; i++)
        {
            point -= weights[i];
            if (point < 0)
            {
                return tokens[i];
            }
        }

        return tokens[kept - 1];
    }

    /// <summary>Tokens that can be drawn at all, likeliest first, with weights relative to the best one's.</summary>
    private (int[] Tokens, float[] Weights) Candidates(ReadOnlySpan<float> logits)
    {
        var best = TensorPrimitives.Max(logits);
        var tokens = new List<int>();
        var order = new List<float>();
        for (var token = 0; token < logits.Length; token++)
        {
            var below = (best - logits[token]) / _settings.Temperature;
            if (below <= Negligible)
            {
                tokens.Add(token);
                order.Add(below);
            }
        }

        var (sorted, keys) = (tokens.ToArray(), order.ToArray());
        Array.Sort(keys, sorted);
        return (sorted, Array.ConvertAll(keys, below => MathF.Exp(-below)));
    }

    private static int Nucleus(ReadOnlySpan<float> weights, float share)
    {
        var sum = 0f;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            if (sum >= share)
            {
                return i + 1;
            }
        }

        return weights.Length;
    }
}
