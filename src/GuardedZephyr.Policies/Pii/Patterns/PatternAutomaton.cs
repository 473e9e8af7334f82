using System.Numerics;

namespace GuardedZephyr.Policies;

/// <summary>
/// Follows a text through a <see cref="PatternNet"/>, a step a character: its states are sets of places there, and are built when a text first leads to
/// them (as in grep and RE2). Thread-safe.
/// </summary>
internal sealed class PatternAutomaton
{
    /// <summary>A table that has so many states makes room for a new one: a text may need any number of them, memory does not hold them all.</summary>
    private const int MostStates = 6000;

    private readonly PatternNet _net;
    private readonly PatternSymbols _symbols;
    private readonly bool[]?[] _members;
    private readonly ulong[]?[] _entries;
    private readonly Lock _building = new();
    private readonly int[] _followed;
    private readonly ulong[] _taken;
    private readonly List<int> _places = [];
    private readonly List<int> _matches = [];
    private int _round;

    /// <param name="symbols">Of the sets of at least these patterns.</param>
    public PatternAutomaton(IReadOnlyList<PatternNode> patterns, PatternSymbols symbols)
    {
        _symbols = symbols;
        _net = new PatternNet(patterns.Select(PatternHead.Of), counts: false);
        _members = [.. _net.Places.Select(place => place.Set is null ? null : symbols.Members(place.Set))];
        _entries = new ulong[Enum.GetValues<SymbolKind>().Length * symbols.Count][];
        _followed = new int[_net.Places.Length];
        _taken = new ulong[(_net.Places.Length + 63) / 64];
        Current = new PatternTable(symbols.Shift);
    }

    /// <summary>What is known of the states so far.</summary>
    public PatternTable Current { get; private set; }

    /// <summary>Finds out where a symbol leads to.</summary>
    /// <param name="table">The one that the state is of. Where it is full, a new one takes its place, which knows the state that is given back.</param>
    /// <returns>As <see cref="PatternTable.Next"/> has it.</returns>
    public ushort Build(ref PatternTable table, int state, int symbol)
    {
        lock (_building)
        {
            var from = table[state];
            if (table.Count >= MostStates)
            {
                Current = table == Current ? new PatternTable(_symbols.Shift) : Current;
                table = Current;
                state = table.IndexOf(from);
            }

            return table.Learn(state, symbol, Step(from, symbol));
        }
    }

    /// <returns>The patterns that end where the text does.</returns>
    public ReadOnlySpan<int> End(PatternTable table, int state)
    {
        lock (_building)
        {
            var at = table[state];
            if (at.AtEnd is null)
            {
                Follow(at, SymbolKind.Nothing, symbol: null);
                at.AtEnd = [.. _matches];
            }

            return at.AtEnd;
        }
    }

    private PatternState Step(PatternState from, int symbol)
    {
        var behind = _symbols.KindOf(symbol);
        var entries = _entries[((int)from.Before * _symbols.Count) + symbol] ??= Entries(from.Before, symbol);
        entries.CopyTo(_taken, 0);
        Follow(from, behind, symbol);
        _matches.Sort();
        return new PatternState(TakenPlaces(), behind, [.. _matches]);
    }

    /// <summary>Where matches are that start with the symbol.</summary>
    private ulong[] Entries(SymbolKind before, int symbol)
    {
        _taken.AsSpan().Clear();
        Follow(new PatternState([.. _net.Starts], before, []), _symbols.KindOf(symbol), symbol);
        return [.. _taken];
    }

    private int[] TakenPlaces()
    {
        _places.Clear();
        for (var i = 0; i < _taken.Length; i++)
        {
            for (var bits = _taken[i]; bits != 0; bits &= bits - 1)
            {
                _places.Add((i * 64) + BitOperations.TrailingZeroCount(bits));
            }
        }

        return [.. _places];
    }

    /// <summary>Adds to the places that were taken those that the symbol leads to, and to no others the matches that end before it.</summary>
    /// <param name="symbol">Null at the text's end.</param>
    private void Follow(PatternState from, SymbolKind behind, int? symbol)
    {
        _round++;
        _matches.Clear();
        foreach (var place in from.Places)
        {
            Follow(place, from.Before, behind, symbol ?? -1);
        }
    }

    private void Follow(int place, SymbolKind before, SymbolKind behind, int symbol)
    {
        while (_followed[place] != _round)
        {
            _followed[place] = _round;
            ref readonly var at = ref _net.Places[place];
            switch (at.Kind)
            {
                case PatternNet.PlaceKind.One:
                    if (symbol >= 0 && _members[place]![symbol])
                    {
                        _taken[at.Next / 64] |= 1UL << (at.Next % 64);
                    }

                    return;
                case PatternNet.PlaceKind.Match:
                    _matches.Add(at.Pattern);
                    return;
                case PatternNet.PlaceKind.Edge when !at.Edge.MayBe(before, behind):
                    return;
                case PatternNet.PlaceKind.Fork:
                    Follow(at.Other, before, behind, symbol);
                    break;
                default:
                    break;
            }

            place = at.Next;
        }
    }
}
