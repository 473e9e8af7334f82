using System.Numerics.Tensors;
using System.Threading.Channels;
using GuardedZephyr.Inference.Sampling;
using GuardedZephyr.Inference.Tokenization;

namespace GuardedZephyr.Inference.Engine;

/// <summary>A request on its way through the engine, and the channel that its reply leaves by.</summary>
/// <param name="arrival">Timestamp of the request.</param>
internal sealed class Turn(GenerationRequest request, int maxTokens, BytePairTokenizer tokenizer, IReadOnlyList<int> endIds, long arrival, CancellationToken cancellationToken)
{
    private readonly Channel<GenerationUpdate> _updates = Channel.CreateUnbounded<GenerationUpdate>(new() { SingleReader = true, SingleWriter = true });
    private readonly List<int> _ids = [.. request.Prompt];
    private readonly ReplyText _text = new(request.StopStrings, tokenizer);
    private readonly Sampler _sampler = new(request.Sampling, request.Prompt, request.ReplyStart, request.NotFirst);

    /// <summary>The prompt and the reply so far.</summary>
    public IReadOnlyList<int> Ids => _ids;

    public int Written => _ids.Count - request.Prompt.Count;

    public int PromptTokens => request.Prompt.Count;

    public long Arrival => arrival;

    /// <summary>Tokens of the prompt that were cached when the turn got its slot.</summary>
    public int CachedTokens { get; set; }

    public CancellationToken Cancellation => cancellationToken;

    public ChannelReader<GenerationUpdate> Updates => _updates.Reader;

    /// <summary>Samples the next token and releases what text it completes. Changes the logits.</summary>
    /// <returns>False when the reply is finished.</returns>
    /// <exception cref="NotFiniteNumberException">The model's logits are not numbers.</exception>
    public bool Sample(Span<float> logits)
    {
        if (!float.IsFinite(TensorPrimitives.Sum<float>(logits)))
        {
            throw new NotFiniteNumberException("the model's logits are not finite");
        }

        var logprobs = request.TopLogprobs is { } top ? new Logprobs(logits, top, tokenizer) : null;
        var token = _sampler.Next(logits);
        if (endIds.Contains(token))
        {
            return Finish(StopReason.Stop);
        }

        _ids.Add(token);
        Release(_text.Add(token, logprobs?.Of(token)));
        return !_text.Stopped && Written < maxTokens || Finish(_text.Stopped ? StopReason.Stop : StopReason.Length);
    }

    public void Fail(Exception exception) => _updates.Writer.TryComplete(exception);

    private bool Finish(StopReason reason)
    {
        var rest = _text.Finish();
        var result = new GenerationResult(_text.Stopped ? StopReason.Stop : reason, PromptTokens, Written, CachedTokens);
        _updates.Writer.TryWrite(rest with { Result = result, Written = Written });
        _updates.Writer.TryComplete();
        return false;
    }

    private void Release(GenerationUpdate update)
    {
        if (update.Text.Length > 0)
        {
            _updates.Writer.TryWrite(update with { Written = Written });
        }
    }
}
