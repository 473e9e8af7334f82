namespace GuardedZephyr.Policies;

/// <summary>
/// Follows a text through a <see cref="PatternNet"/>, a step a character: its states are sets of places there, and are built when a text first leads to
/// them (as in grep and RE2). Thread-safe.
/// </summary>
internal sealed class PatternAutomaton
{
    /// <summary>A table that has so many states makes room for a new one: a text may need any number of them, memory does not hold them all.</summary>
    private const int MostStates = 8000;

    private readonly PatternNet _net;
    private readonly PatternSymbols _symbols;
    private readonly bool[]?[] _members;
    private readonly Dictionary<(SymbolKind Before, int Symbol), int[]> _entries = [];
    private readonly Lock _building = new();
    private readonly int[] _followed;
    private readonly int[] _taken;
    private readonly List<int> _places = [];
    private readonly List<int> _matches = [];
    private int _round;

    /// <param name="symbols">Of the sets of at least these patterns.</param>
    public PatternAutomaton(IReadOnlyList<PatternNode> patterns, PatternSymbols symbols)
    {
        _symbols = symbols;
        _net = new PatternNet(patterns.Select(PatternHead.Of));
        var members = new Dictionary<CharacterSet, bool[]>();
        _members = [.. _net.Places.Select(place => place.Kind != PatternNet.PlaceKind.One ? null
            : members.TryGetValue(place.Set, out var known) ? known : members[place.Set] = symbols.Members(place.Set))];
        _followed = new int[_net.Places.Length];
        _taken = new int[_net.Places.Length];
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
            var to = Step(from, _symbols.KindOf(symbol), symbol);
            if (table.Count >= MostStates)
            {
                if (table == Current)
                {
                    Current = new PatternTable(_symbols.Shift);
                }

                table = Current;
                state = table.IndexOf(from);
            }

            return table.Learn(state, symbol, to);
        }
    }

    /// <returns>The patterns that end where the text does.</returns>
    public ReadOnlySpan<int> End(PatternTable table, int state)
    {
        lock (_building)
        {
            return table[state].AtEnd ??= Step(table[state], SymbolKind.Nothing, symbol: null).Matches;
        }
    }

    private PatternState Step(PatternState from, SymbolKind behind, int? symbol)
    {
        _places.Clear();
        _matches.Clear();
        if (symbol is not null && !_entries.ContainsKey((from.Before, symbol.Value)))
        {
            _entries[(from.Before, symbol.Value)] = Entries(from.Before, behind, symbol.Value);
        }

        _round++;
        foreach (var place in from.Places)
        {
            Follow(place, from.Before, behind, symbol);
        }

        foreach (var place in symbol is null ? [] : _entries[(from.Before, symbol.Value)])
        {
            Take(place);
        }

        return new PatternState([.. _places.Order()], behind, [.. _matches.Order()]);
    }

    /// <summary>Where matches are that start with the symbol.</summary>
    private int[] Entries(SymbolKind before, SymbolKind behind, int symbol)
    {
        _round++;
        foreach (var start in _net.Starts)
        {
            Follow(start, before, behind, symbol);
        }

        int[] entries = [.. _places];
        _places.Clear();
        return entries;
    }

    private void Follow(int place, SymbolKind before, SymbolKind behind, int? symbol)
    {
        while (_followed[place] != _round)
        {
            _followed[place] = _round;
            var at = _net.Places[place];
            switch (at.Kind)
            {
                case PatternNet.PlaceKind.One:
                    if (symbol is not null && _members[place]![symbol.Value])
                    {
                        Take(at.Next);
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

    private void Take(int place)
    {
        if (_taken[place] != _round)
        {
            _taken[place] = _round;
            _places.Add(place);
        }
    }
}
