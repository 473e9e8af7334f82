using GuardedZephyr.Inference.Engine;

namespace GuardedZephyr.Tests.Inference.Engine;

/// <summary>A model that always writes the same ids after whatever prompt, then its end mark.</summary>
internal sealed class ScriptedDecoder(int vocabulary, int[] reply) : IDecoder
{
    private readonly List<(int Count, int Past)> _runs = [];
    private int _promptEnd;
    private float[] _logits = [];

    public DecoderTraits Traits { get; } = new() { VocabularySize = vocabulary, Slots = 1, ContextLength = TestEngine.Context, CacheBytes = 0, ContinuesPrefill = true };

    /// <summary>Called before each step with its number, the warm-up being 0.</summary>
    public Action<int, CancellationToken> BeforeStep { get; init; } = (_, _) => { };

    public IReadOnlyList<(int Count, int Past)> Runs => _runs;

    public bool Disposed { get; private set; }

    public Span<float> Logits(int slot) => _logits;

    public void CopyPrefix(int from, int to, int length) => throw new NotSupportedException();

    public void Step(ReadOnlySpan<SlotStep> steps, CancellationToken cancellationToken) => Prefill(0, [steps[0].Id], steps[0].Past, cancellationToken);

    public void Prefill(int slot, ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken)
    {
        BeforeStep(_runs.Count, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (past == 0 || ids.Length > 1)
        {
            _promptEnd = past + ids.Length;
        }

        _runs.Add((ids.Length, past));
        var written = past + ids.Length - _promptEnd;
        _logits = new float[vocabulary];
        _logits[written < reply.Length ? reply[written] : 0] = 1;
    }

    public void Dispose() => Disposed = true;
}
