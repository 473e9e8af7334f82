using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace GuardedZephyr.Inference.Sampling;

/// <summary>Chooses the tokens of one reply. Not thread-safe.</summary>
internal sealed class Sampler
{
    private readonly SamplingSettings _settings;
    private readonly Random _random;
    private readonly Shortlist _shortlist;
    private readonly HashSet<int> _seen;
    private readonly Dictionary<int, int> _written = [];
    private IReadOnlyCollection<int> _notNext;

    /// <param name="replyStart">How many of the prompt's last tokens count as written.</param>
    /// <param name="notFirst">Ids that the first token is none of.</param>
    public Sampler(SamplingSettings settings, IReadOnlyList<int> prompt, int replyStart = 0, IReadOnlyCollection<int>? notFirst = null)
    {
        _notNext = notFirst ?? [];
        _settings = settings;
        var seed = settings.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        _random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        _shortlist = new Shortlist(settings);
        _seen = settings.RepetitionPenalty == 1 ? [] : [.. prompt];
        foreach (var token in prompt.Skip(prompt.Count - replyStart))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_written, token, out _)++;
        }
    }

    /// <summary>Draws a token and remembers it for the penalties. Changes the logits.</summary>
    public int Next(Span<float> logits)
    {
        Adjust(logits);
        var token = _settings.Temperature == 0 ? TensorPrimitives.IndexOfMax<float>(logits) : _shortlist.Draw(logits, _random.NextSingle());
        CollectionsMarshal.GetValueRefOrAddDefault(_written, token, out _)++;
        _seen.Add(token);
        return token;
    }

    private void Adjust(Span<float> logits)
    {
        foreach (var token in _notNext)
        {
            logits[token] = float.NegativeInfinity;
        }

        _notNext = [];
        foreach (var (token, bias) in _settings.LogitBias)
        {
            logits[token] += bias;
        }

        if (_settings.RepetitionPenalty != 1)
        {
            foreach (var token in _seen)
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
}
