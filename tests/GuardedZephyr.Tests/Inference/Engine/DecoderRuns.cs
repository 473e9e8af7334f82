using GuardedZephyr.Inference.Engine;

namespace GuardedZephyr.Tests.Inference.Engine;

internal static class DecoderRuns
{
    /// <summary>Runs ids in slot 0 and gives the logits after the last one.</summary>
    public static Span<float> Run(this IDecoder decoder, ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken)
    {
        decoder.Prefill(0, ids, past, cancellationToken);
        return decoder.Logits(0);
    }
}
