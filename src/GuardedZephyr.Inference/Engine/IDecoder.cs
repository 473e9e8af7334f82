namespace GuardedZephyr.Inference.Engine;

/// <summary>
/// A loaded model with a KV cache of <see cref="DecoderTraits.Slots"/> slots. The engine decides what runs when and samples; a decoder runs it and
/// keeps nothing but the cache. One thread uses it. What it throws, other than a cancellation that was asked for, ends it: the engine fails the turns
/// of that call, disposes it and opens another.
/// </summary>
public interface IDecoder : IDisposable
{
    /// <summary>The same for the decoder's whole life.</summary>
    DecoderTraits Traits { get; }

    /// <summary>Runs ids that follow the first <paramref name="past"/> tokens of the slot; what was cached after those is forgotten. Other slots keep theirs.</summary>
    /// <param name="past">0 unless the decoder <see cref="DecoderTraits.ContinuesPrefill"/>; with <paramref name="ids"/> at most the context length.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; the slot still holds its first <paramref name="past"/> tokens.</exception>
    void Prefill(int slot, ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken);

    /// <summary>
    /// Runs one more id in each of some slots, as a batch where the decoder can. Each follows that slot's cached tokens, and each slot is in it once.
    /// The ids are of the engine's choice, not of the decoder's.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; each slot still holds its <see cref="SlotStep.Past"/> tokens.</exception>
    void Step(ReadOnlySpan<SlotStep> steps, CancellationToken cancellationToken);

    /// <summary>Logits after the slot's last id, if it was in the last call; valid until the next one, and the caller may change them.</summary>
    Span<float> Logits(int slot);

    /// <summary>
    /// Gives slot <paramref name="to"/> a copy of the first <paramref name="length"/> cached tokens of slot <paramref name="from"/>; the rest of it is
    /// forgotten. Called only when <see cref="DecoderTraits.CopiesPrefix"/>.
    /// </summary>
    void CopyPrefix(int from, int to, int length);
}
