using GuardedZephyr.Inference.Engine;

namespace GuardedZephyr.Tests.Inference.Engine;

/// <summary>A model that always writes the same ids after whatever prompt, then its end mark.</summary>
internal sealed class ScriptedDecoder(int vocabulary, int[] reply) : IDecoder
{
    private readonly List<(int Count, int Past)> _runs = [];
    private int _promptEnd;

    public int VocabularySize => vocabulary;

    /// <summary>Called before each step with its number, the warm-up being 0.</summary>
    public Action<int, CancellationToken> BeforeStep { get; init; } = (_, _) => { };

    public IReadOnlyList<(int Count, int Past)> Runs => _runs;

    public bool Disposed { get; private set; }

    public Span<float> Run(scoped ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken)
    {
        BeforeStep(_runs.Count, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (past == 0 || ids.Length > 1)
        {
            _promptEnd = past + ids.Length;
        }

        _runs.Add((ids.Length, past));
        var written = past + ids.Length - _promptEnd;
        var logits = new float[vocabulary];
        logits[written < reply.Length ? reply[written] : 0] = 1;
        return logits;
    }

    public void Dispose() => Disposed = true;
}
