namespace GuardedZephyr.Inference.Engine;

/// <summary>A loaded model with the KV cache of its slot. Used by one thread.</summary>
internal interface IDecoder : IDisposable
{
    int VocabularySize { get; }

    /// <summary>Runs ids that follow the first <paramref name="past"/> tokens of the slot; what was cached after those is forgotten.</summary>
    /// <returns>Logits after the last id; valid until the next call, and the caller may change them.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled during the step.</exception>
    Span<float> Run(scoped ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken);
}
