namespace GuardedZephyr.Inference.Engine;

/// <summary>One place in the cache: what is in it, and the turn that has it now.</summary>
internal sealed class Slot(int index)
{
    private readonly List<int> _cached = [];
    private int _promptLength;

    public int Index => index;

    /// <summary>Null when the slot is idle.</summary>
    public Turn? Turn { get; private set; }

    /// <summary>The turn's ids are not all cached yet and none has been sampled from them.</summary>
    public bool IsPrefilling { get; set; }

    public IReadOnlyList<int> Cached => _cached;

    /// <summary>
    /// How many of the cached ids, from the first, are to the bit what a prefill computes. Those behind, of an ended turn, are what the next turn of the
    /// conversation will begin with, and are run again before they are reused.
    /// </summary>
    public int Exact { get; private set; }

    /// <summary>Orders slots by when they were last used; 0 is never.</summary>
    public long LastUsed { get; set; }

    public void Start(Turn turn, int reused)
    {
        (Turn, IsPrefilling, _promptLength) = (turn, true, turn.PromptTokens);
        Truncate(reused);
    }

    /// <summary>The turn has ended; what it left cached stays.</summary>
    public void Free() => (Turn, IsPrefilling) = (null, false);

    /// <summary>Length of the longest start of the ids that can be reused. The last id never is: its logits are wanted.</summary>
    public int SharedWith(IReadOnlyList<int> ids)
    {
        var (length, most) = (0, Math.Min(Exact, ids.Count - 1));
        while (length < most && _cached[length] == ids[length])
        {
            length++;
        }

        return length;
    }

    /// <summary>Whether the ids begin with the prompt of the slot's last turn, or are the start of it: the same conversation, at a later or an earlier point.</summary>
    public bool IsContinuedBy(IReadOnlyList<int> ids) => SharedWith(ids) is > 0 and var shared && shared >= Math.Min(Math.Min(_promptLength, _cached.Count), ids.Count) - 1;

    /// <summary>Takes note of a prefill of ids from <paramref name="start"/> on.</summary>
    /// <param name="exact">Whether it is one of those that agree.</param>
    public void Prefilled(ReadOnlySpan<int> ids, int start, bool exact)
    {
        var known = _cached.Count;
        for (var i = 0; i < ids.Length; i++)
        {
            if (start + i < known)
            {
                _cached[start + i] = ids[i];
            }
            else
            {
                _cached.Add(ids[i]);
            }
        }

        Exact = exact && Exact >= start ? start + ids.Length : Math.Min(Exact, start);
    }

    public void Stepped(int id, bool exact)
    {
        _cached.Add(id);
        Exact += exact && Exact == _cached.Count - 1 ? 1 : 0;
    }

    /// <summary>What is cached from here on cannot be relied upon until the prefill that is about to run has.</summary>
    public void Spoil(int start) => Exact = Math.Min(Exact, start);

    public void Copied(Slot from, int length)
    {
        _cached.Clear();
        _cached.AddRange(from._cached[..length]);
        Exact = length;
    }

    public void Forget() => Truncate(0);

    private void Truncate(int length)
    {
        _cached.RemoveRange(length, _cached.Count - length);
        Exact = Math.Min(Exact, length);
    }
}
