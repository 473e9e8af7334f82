namespace GuardedZephyr.Policies;

/// <summary>The states of a <see cref="PatternAutomaton"/> that are known, and where symbols lead from them. One writes at a time, any number read.</summary>
internal sealed class PatternTable
{
    /// <summary>Bit of what is in <see cref="Next"/> that does not just name a state.</summary>
    public const ushort Special = 0x8000;

    /// <summary>In <see cref="Next"/>: nobody asked yet.</summary>
    public const ushort Unknown = 0xFFFF;

    private readonly int _shift;
    private readonly Dictionary<PatternState, int> _indexes = [];
    private PatternState[] _states = new PatternState[256];
    private ushort[] _next;

    /// <param name="shift">A row has two to the power of this symbols.</param>
    public PatternTable(int shift)
    {
        _shift = shift;
        _next = new ushort[_states.Length << shift];
        _next.AsSpan().Fill(Unknown);
        foreach (var kind in Enum.GetValues<SymbolKind>())
        {
            IndexOf(new PatternState([], kind, []));
        }
    }

    public int Count { get; private set; }

    /// <summary>By state and symbol, the state that follows: with <see cref="Special"/> where patterns end before the symbol.</summary>
    public ushort[] Next => Volatile.Read(ref _next);

    public PatternState this[int state] => Volatile.Read(ref _states)[state];

    /// <summary>The state in which nothing has been read behind a character of the kind.</summary>
    public static int StartBehind(SymbolKind kind) => (int)kind;

    public int IndexOf(PatternState state)
    {
        if (_indexes.TryGetValue(state, out var index))
        {
            return index;
        }

        if (Count == _states.Length)
        {
            Grow();
        }

        _states[Count] = state;
        _indexes[state] = Count;
        return Count++;
    }

    public ushort Learn(int state, int symbol, PatternState to)
    {
        var index = (ushort)IndexOf(to);
        var next = to.Matches.Length > 0 ? (ushort)(index | Special) : index;
        Volatile.Write(ref _next[(state << _shift) | symbol], next);
        return next;
    }

    private void Grow()
    {
        var states = _states;
        Array.Resize(ref states, 2 * states.Length);
        var next = _next;
        Array.Resize(ref next, 2 * next.Length);
        next.AsSpan(_next.Length).Fill(Unknown);
        Volatile.Write(ref _states, states);
        Volatile.Write(ref _next, next);
    }
}
