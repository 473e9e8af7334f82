using System.Numerics.Tensors;
using GuardedZephyr.Inference.Engine;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Inference.Sampling;

/// <summary>Logarithms of the probabilities at one place of a reply, as the model gives them.</summary>
internal sealed class Logprobs
{
    private readonly float[] _logprobs;
    private readonly int _top;
    private readonly BytePairTokenizer _tokenizer;

    public Logprobs(ReadOnlySpan<float> logits, int top, BytePairTokenizer tokenizer)
    {
        (_top, _tokenizer) = (top, tokenizer);
        _logprobs = new float[logits.Length];
        var best = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, best, _logprobs);
        TensorPrimitives.Exp<float>(_logprobs, _logprobs);
        var total = best + MathF.Log(TensorPrimitives.Sum<float>(_logprobs));
        TensorPrimitives.Subtract(logits, total, _logprobs);
    }

    public TokenLogprob Of(int token) => Entry(token) with { Top = [.. Likeliest().Select(Entry)] };

    private TokenLogprob Entry(int token) => new(token, _tokenizer.BytesOf(token).ToArray(), _logprobs[token]);

    private IEnumerable<int> Likeliest()
    {
        var best = new PriorityQueue<int, (float Logprob, int Later)>(_top + 1);
        for (var token = 0; token < _logprobs.Length && _top > 0; token++)
        {
            if (best.Count < _top)
            {
                best.Enqueue(token, (_logprobs[token], -token));
            }
            else if (best.TryPeek(out var worst, out _) && _logprobs[token] > _logprobs[worst])
            {
                best.DequeueEnqueue(token, (_logprobs[token], -token));
            }
        }

        return best.UnorderedItems.Select(item => item.Element).OrderByDescending(token => _logprobs[token]).ThenBy(token => token);
    }
}
