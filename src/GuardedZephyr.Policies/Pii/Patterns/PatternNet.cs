namespace GuardedZephyr.Policies;

/// <summary>
/// Many patterns as one network of places (K. Thompson, 1968) that takes at least what they match: one character beyond ASCII is as good as another,
/// and what may be repeated some times may be so any number of times. Immutable and thread-safe.
/// </summary>
internal sealed class PatternNet
{
    /// <summary>So many required repetitions are counted: each is a state of its own.</summary>
    private const int CountedParts = 44;

    private readonly List<Place> _places = [];

    public PatternNet(IEnumerable<PatternNode> patterns)
    {
        Starts = [.. patterns.Select((pattern, index) => Add(pattern, Add(new Place(PlaceKind.Match) { Pattern = index })))];
        Places = [.. _places];
    }

    internal enum PlaceKind
    {
        /// <summary>A character of <see cref="Place.Set"/> leads on.</summary>
        One,

        /// <summary>Leads on, and to <see cref="Place.Other"/>.</summary>
        Fork,

        /// <summary>Leads on where <see cref="Place.Edge"/> is.</summary>
        Edge,

        /// <summary><see cref="Place.Pattern"/> ends here.</summary>
        Match,
    }

    /// <summary>By pattern.</summary>
    public IReadOnlyList<int> Starts { get; }

    public Place[] Places { get; }

    private int Add(Place place)
    {
        _places.Add(place);
        return _places.Count - 1;
    }

    /// <returns>Where the part starts, which leads on to <paramref name="next"/>.</returns>
    private int Add(PatternNode part, int next)
    {
        switch (part)
        {
            case PatternNode.One { Set: var set }:
                return Add(new Place(PlaceKind.One) { Set = set, Next = next });
            case PatternNode.Edge { Kind: var kind }:
                return Add(new Place(PlaceKind.Edge) { Edge = kind, Next = next });
            case PatternNode.Sequence { Parts: var parts }:
                return parts.Reverse().Aggregate(next, (behind, one) => Add(one, behind));
            case PatternNode.Choice { Options: var options }:
                return options.Skip(1).Aggregate(Add(options[0], next), (start, option) => Fork(start, Add(option, next)));
            case PatternNode.Repeat repeat:
                return Add(repeat, next);
            default:
                throw new ArgumentException($"{part.GetType().Name} is no part of a pattern", nameof(part));
        }
    }

    private int Add(PatternNode.Repeat repeat, int next)
    {
        var least = Math.Min(repeat.Least, CountedParts);
        var start = next;
        if (repeat.Most - least > PatternHead.CountedOptions)
        {
            start = Fork(next, next);
            _places[start] = _places[start] with { Other = Add(repeat.Part, start) };
        }
        else
        {
            for (var i = least; i < repeat.Most; i++)
            {
                start = Fork(next, Add(repeat.Part, start));
            }
        }

        for (var i = 0; i < least; i++)
        {
            start = Add(repeat.Part, start);
        }

        return start;
    }

    private int Fork(int next, int other) => Add(new Place(PlaceKind.Fork) { Next = next, Other = other });

    internal readonly record struct Place(PlaceKind Kind)
    {
        public int Next { get; init; }

        public int Other { get; init; }

        public CharacterSet Set { get; init; }

        public PatternEdge Edge { get; init; }

        public int Pattern { get; init; }
    }
}
