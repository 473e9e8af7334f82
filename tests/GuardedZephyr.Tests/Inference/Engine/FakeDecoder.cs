using GuardedZephyr.Inference.Engine;

namespace GuardedZephyr.Tests.Inference.Engine;

/// <summary>A model whose next id is a function of a slot's ids. It keeps what it was asked, and fails when it is asked what the traits rule out.</summary>
internal sealed class FakeDecoder(DecoderTraits traits, Func<FakeDecoder.Cache, int> next) : IDecoder
{
    /// <summary>Runs of the warm-up: a prefill and a step.</summary>
    public const int WarmUp = 2;

    private readonly Cache[] _slots = [.. Enumerable.Range(0, traits.Slots).Select(_ => new Cache())];
    private readonly Dictionary<int, float[]> _logits = [];
    private readonly List<string> _runs = [];

    public DecoderTraits Traits => traits;

    /// <summary>Called before each run with its number, those of the warm-up being 0 and 1.</summary>
    public Action<int, CancellationToken> BeforeRun { get; init; } = (_, _) => { };

    /// <summary>Changes the logits after a run.</summary>
    public Action<int, float[]> AfterRun { get; init; } = (_, _) => { };

    /// <summary>What ran after the warm-up: <c>prefill slot: count at past</c>, <c>step slots</c>, <c>copy from to: length</c>.</summary>
    public IReadOnlyList<string> Runs => _runs[WarmUp..];

    public bool Disposed { get; private set; }

    public void Prefill(int slot, ReadOnlySpan<int> ids, int past, CancellationToken cancellationToken)
    {
        Assert.True(past == 0 || (traits.ContinuesPrefill && past <= _slots[slot].Ids.Count), "a prefill after tokens that are not cached");
        Begin($"prefill {slot}: {ids.Length} at {past}", cancellationToken);
        _slots[slot].Truncate(past);
        _slots[slot].Ids.AddRange(ids);
        _slots[slot].PromptEnd = past + ids.Length;
        Answer(slot);
    }

    public void Step(ReadOnlySpan<SlotStep> steps, CancellationToken cancellationToken)
    {
        var slots = steps.ToArray();
        Begin($"step {string.Join(",", slots.Select(step => step.Slot))}", cancellationToken);
        foreach (var step in slots)
        {
            Assert.True(step.Past <= _slots[step.Slot].Ids.Count, "a step after tokens that are not cached");
            _slots[step.Slot].Truncate(step.Past);
            _slots[step.Slot].Ids.Add(step.Id);
            Answer(step.Slot);
        }
    }

    public Span<float> Logits(int slot) => _logits[slot];

    public void CopyPrefix(int from, int to, int length)
    {
        Assert.True(traits.CopiesPrefix && length <= _slots[from].Ids.Count, "a copy of tokens that are not cached");
        _runs.Add($"copy {from} {to}: {length}");
        _slots[to].Ids.Clear();
        _slots[to].Ids.AddRange(_slots[from].Ids.Take(length));
    }

    public void Dispose() => Disposed = true;

    private void Begin(string run, CancellationToken cancellationToken)
    {
        BeforeRun(_runs.Count, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        _runs.Add(run);
        _logits.Clear();
    }

    private void Answer(int slot)
    {
        var logits = new float[traits.VocabularySize];
        logits[next(_slots[slot])] = 1;
        AfterRun(_runs.Count - 1, logits);
        _logits[slot] = logits;
    }

    internal sealed class Cache
    {
        public List<int> Ids { get; } = [];

        /// <summary>End of the last prefill.</summary>
        public int PromptEnd { get; set; }

        public void Truncate(int length) => Ids.RemoveRange(length, Ids.Count - length);
    }
}
