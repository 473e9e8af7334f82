using System.Threading.Channels;
using GuardedZephyr.Inference.Sampling;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Inference.Engine;

/// <summary>A request on its way through the engine, and the channel that its reply leaves by.</summary>
internal sealed class Turn(GenerationRequest request, int maxTokens, BytePairTokenizer tokenizer, CancellationToken cancellationToken)
{
    private readonly Channel<GenerationUpdate> _updates = Channel.CreateUnbounded<GenerationUpdate>(new() { SingleReader = true, SingleWriter = true });
    private readonly StreamingDecoder _text = new(tokenizer);
    private readonly StopMatcher _stops = new(request.StopStrings);
    private int _written;

    public IReadOnlyList<int> Prompt => request.Prompt;

    public Sampler Sampler { get; } = new(request.Sampling, request.Prompt);

    public CancellationToken Cancellation => cancellationToken;

    public ChannelReader<GenerationUpdate> Updates => _updates.Reader;

    /// <summary>Takes the next token's text.</summary>
    /// <returns>False when the reply is finished.</returns>
    public bool Write(int token)
    {
        _written++;
        Release(_stops.Add(_text.Add(token)));
        if (_stops.Matched)
        {
            Finish(StopReason.Stop);
            return false;
        }

        if (_written == maxTokens)
        {
            Finish(StopReason.Length);
            return false;
        }

        return true;
    }

    public void Finish(StopReason reason)
    {
        var rest = _stops.Add(_text.Finish());
        var result = new GenerationResult(_stops.Matched ? StopReason.Stop : reason, request.Prompt.Count, _written);
        _updates.Writer.TryWrite(new GenerationUpdate(rest + _stops.Finish(), result));
        _updates.Writer.TryComplete();
    }

    public void Fail(Exception exception) => _updates.Writer.TryComplete(exception);

    private void Release(string text)
    {
        if (text.Length > 0)
        {
            _updates.Writer.TryWrite(new GenerationUpdate(text, null));
        }
    }
}
