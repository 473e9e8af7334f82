using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Inference.Engine;

/// <summary>Turns a reply's tokens into text that can be released: whole characters, and nothing that is or may become a stop string.</summary>
internal sealed class ReplyText(IReadOnlyList<string> stopStrings, BytePairTokenizer tokenizer)
{
    private readonly StreamingDecoder _text = new(tokenizer);
    private readonly StopMatcher _stops = new(stopStrings);
    private readonly Queue<(TokenLogprob Logprob, int End)> _pending = [];
    private int _decoded;
    private int _released;

    /// <summary>A stop string came up.</summary>
    public bool Stopped => _stops.Matched;

    /// <param name="logprob">Null when none was asked for.</param>
    public GenerationUpdate Add(int token, TokenLogprob? logprob)
    {
        var text = _text.Add(token);
        _decoded += text.Length;
        if (logprob is not null)
        {
            _pending.Enqueue((logprob, _decoded));
        }

        return Release(_stops.Add(text), complete: false);
    }

    /// <summary>What was held back, when no more tokens come.</summary>
    public GenerationUpdate Finish() => Release(_stops.Add(_text.Finish()) + _stops.Finish(), complete: !Stopped);

    /// <summary>A token is released with the last character that it completes; one that a stop string cuts is not.</summary>
    private GenerationUpdate Release(string text, bool complete)
    {
        _released += text.Length;
        var logprobs = new List<TokenLogprob>();
        while (_pending.TryPeek(out var next) && (complete || (next.End <= _released && text.Length > 0)))
        {
            logprobs.Add(_pending.Dequeue().Logprob);
        }

        return new GenerationUpdate(text, null) { Logprobs = logprobs };
    }
}
