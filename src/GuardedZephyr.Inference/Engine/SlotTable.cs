namespace GuardedZephyr.Inference.Engine;

/// <summary>All slots, and the choice of one for a turn.</summary>
internal sealed class SlotTable(int count)
{
    private readonly Slot[] _slots = [.. Enumerable.Range(0, count).Select(index => new Slot(index))];
    private long _clock;

    public IReadOnlyList<Slot> All => _slots;

    public IEnumerable<Slot> Busy => _slots.Where(slot => slot.Turn is not null);

    public IEnumerable<Slot> Idle => _slots.Where(slot => slot.Turn is null);

    public int BusyCount => _slots.Count(slot => slot.Turn is not null);

    public long CachedTokens => _slots.Sum(slot => (long)slot.Cached.Count);

    public void Touch(Slot slot) => slot.LastUsed = ++_clock;

    /// <summary>
    /// The idle slot to take, what of it to keep, and the slot to copy a start from if that is longer. A conversation goes on in its slot; another one
    /// that only begins like it gets a copy of that start, in the slot that was used longest ago.
    /// </summary>
    /// <param name="copies">Whether the decoder can copy.</param>
    public Choice Choose(IReadOnlyList<int> prompt, bool copies)
    {
        var slot = Idle.Where(slot => slot.IsContinuedBy(prompt)).MaxBy(slot => slot.SharedWith(prompt)) ?? Idle.MinBy(slot => slot.LastUsed)!;
        var source = copies ? _slots.MaxBy(each => each.SharedWith(prompt))! : slot;
        var (own, most) = (slot.SharedWith(prompt), source.SharedWith(prompt));
        return most > own ? new Choice(slot, most, source) : new Choice(slot, own, null);
    }

    internal readonly record struct Choice(Slot Slot, int Reused, Slot? CopyFrom);
}
