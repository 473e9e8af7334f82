namespace GuardedZephyr.Policies;

/// <summary>What runs one pattern: it finds what .NET's regex of the same text finds, by the same preferences. Immutable and thread-safe.</summary>
internal sealed class PatternMatcher
{
    private readonly int[] _forks;
    private readonly bool[] _first = new bool[128];

    public PatternMatcher(PatternNode pattern, PatternLength length)
    {
        Longest = length.Max;
        var net = new PatternNet([pattern], counts: true);
        Places = net.Places;
        Start = net.Starts[0];
        _forks = new int[Places.Length];
        for (var place = 0; place < Places.Length; place++)
        {
            _forks[place] = Forks;
            Forks += Places[place].Kind == PatternNet.PlaceKind.Fork ? 1 : 0;
        }

        MarkFirst(Start, new bool[Places.Length]);
    }

    public PatternNet.Place[] Places { get; }

    public int Start { get; }

    /// <summary>The longest match.</summary>
    public int Longest { get; }

    /// <summary>How many places are forks.</summary>
    public int Forks { get; }

    /// <summary>Which of the forks a place is.</summary>
    public int ForkOf(int place) => _forks[place];

    /// <summary>Whether a match may start with the character, where neither the text nor a line starts.</summary>
    public bool MayStartWith(char character) => character >= _first.Length || _first[character];

    private void MarkFirst(int place, bool[] seen)
    {
        if (seen[place])
        {
            return;
        }

        seen[place] = true;
        var at = Places[place];
        switch (at.Kind)
        {
            case PatternNet.PlaceKind.One:
                for (var character = '\0'; character < _first.Length; character++)
                {
                    _first[character] |= at.Set!.Contains(character);
                }

                return;
            case PatternNet.PlaceKind.Match:
                return;
            case PatternNet.PlaceKind.Edge when at.Edge is PatternEdge.TextStart or PatternEdge.LineStart:
                return;
            case PatternNet.PlaceKind.Fork:
                MarkFirst(at.Other, seen);
                break;
            default:
                break;
        }

        MarkFirst(at.Next, seen);
    }
}
