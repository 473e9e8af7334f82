namespace GuardedZephyr.Policies;

/// <summary>
/// Leads four automata through a text at once. Each step of one waits for its last one, so four take hardly longer than one.
/// </summary>
internal ref struct PatternLanes
{
    public const int Count = 4;

    /// <summary>So many characters are read before anybody asks whether the answer is still wanted.</summary>
    private const int Stretch = 1 << 14;

    private readonly PatternSymbols _symbols;
    private Lane _a;
    private Lane _b;
    private Lane _c;
    private Lane _d;

    /// <param name="idle">One without patterns.</param>
    /// <param name="before">Of the character before the part that is read.</param>
    /// <param name="patience">An automaton that would have to learn more than so many steps from this text gives up.</param>
    public PatternLanes(PatternSymbols symbols, PatternGroup a, PatternGroup? b, PatternGroup? c, PatternGroup? d, PatternGroup idle, SymbolKind before, int patience)
    {
        _symbols = symbols;
        _a = new Lane(a, idle, before, patience);
        _b = new Lane(b ?? idle, idle, before, patience);
        _c = new Lane(c ?? idle, idle, before, patience);
        _d = new Lane(d ?? idle, idle, before, patience);
    }

    /// <summary>The groups whose automata gave up, and where.</summary>
    public readonly IEnumerable<(PatternGroup Group, int At)> GivenUp => new[] { _a.GivenUp, _b.GivenUp, _c.GivenUp, _d.GivenUp }.OfType<(PatternGroup, int)>();

    public readonly bool HasGivenUp => _a.GivenUp is not null || _b.GivenUp is not null || _c.GivenUp is not null || _d.GivenUp is not null;

    public void Run(ReadOnlySpan<char> text, int from, int to, ref PatternHits hits, CancellationToken cancellationToken)
    {
        for (var start = from; start < to; start += Stretch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(text, start, Math.Min(to, start + Stretch), ref hits);
        }

        if (to == text.Length)
        {
            _a.End(to, ref hits);
            _b.End(to, ref hits);
            _c.End(to, ref hits);
            _d.End(to, ref hits);
        }
    }

    private void Read(ReadOnlySpan<char> text, int from, int to, ref PatternHits hits)
    {
        var ofAscii = _symbols.OfAscii;
        var (beyond, shift) = (_symbols.Beyond, _symbols.Shift);
        var (a, b, c, d) = (_a.State, _b.State, _c.State, _d.State);
        var (nextA, nextB, nextC, nextD) = (_a.Next, _b.Next, _c.Next, _d.Next);
        for (var i = from; i < to; i++)
        {
            var character = text[i];
            int symbol = character < ofAscii.Length ? ofAscii[character] : beyond;
            int toA = nextA[(a << shift) | symbol];
            int toB = nextB[(b << shift) | symbol];
            int toC = nextC[(c << shift) | symbol];
            int toD = nextD[(d << shift) | symbol];
            if (((toA | toB | toC | toD) & PatternTable.Special) != 0)
            {
                toA = _a.Step(a, symbol, toA, i, ref hits);
                toB = _b.Step(b, symbol, toB, i, ref hits);
                toC = _c.Step(c, symbol, toC, i, ref hits);
                toD = _d.Step(d, symbol, toD, i, ref hits);
                (nextA, nextB, nextC, nextD) = (_a.Next, _b.Next, _c.Next, _d.Next);
            }

            (a, b, c, d) = (toA, toB, toC, toD);
        }

        (_a.State, _b.State, _c.State, _d.State) = (a, b, c, d);
    }

    private struct Lane
    {
        private readonly PatternGroup _idle;
        private PatternGroup _group;
        private PatternTable _table;
        private int _patience;

        public Lane(PatternGroup group, PatternGroup idle, SymbolKind before, int patience)
        {
            _group = group;
            _idle = idle;
            _table = group.Automaton.Current;
            _patience = patience;
            Next = _table.Next;
            State = PatternTable.StartBehind(before);
        }

        public ushort[] Next { get; private set; }

        public int State { get; set; }

        public (PatternGroup Group, int At)? GivenUp { get; private set; }

        /// <param name="next">As <see cref="PatternTable.Next"/> has it.</param>
        /// <returns>The state that follows.</returns>
        public int Step(int state, int symbol, int next, int position, ref PatternHits hits)
        {
            if (next == PatternTable.Unknown)
            {
                if (_patience-- == 0)
                {
                    GivenUp = (_group, position);
                    _group = _idle;
                    _table = _idle.Automaton.Current;
                    state = PatternTable.StartBehind(SymbolKind.Nothing);
                }

                next = _group.Automaton.Build(ref _table, state, symbol);
                Next = _table.Next;
            }

            if ((next & PatternTable.Special) != 0)
            {
                next &= ~PatternTable.Special;
                _group.Report(_table[next].Matches, position, ref hits);
            }

            return next;
        }

        public readonly void End(int position, ref PatternHits hits) => _group.Report(_group.Automaton.End(_table, State), position, ref hits);
    }
}
