namespace GuardedZephyr.Policies;

/// <summary>Patterns as one network of places (K. Thompson, 1968). Immutable and thread-safe.</summary>
internal sealed class PatternNet
{
    /// <summary>So many required repetitions are counted where not all are.</summary>
    private const int CountedParts = 44;

    private readonly List<Place> _places = [];
    private readonly bool _counts;

    /// <param name="counts">
    /// Whether it takes just what the patterns match. If not it takes at least that: what may be repeated some times may be so any number of times.
    /// </param>
    public PatternNet(IEnumerable<PatternNode> patterns, bool counts)
    {
        _counts = counts;
        Starts = [.. patterns.Select((pattern, index) => Add(pattern, Add(new Place(PlaceKind.Match) { Pattern = index })))];
        Places = [.. _places];
    }

    internal enum PlaceKind
    {
        /// <summary>A character of <see cref="Place.Set"/> leads on.</summary>
        One,

        /// <summary>Leads on, or else to <see cref="Place.Other"/>.</summary>
        Fork,

        /// <summary>Leads on where <see cref="Place.Edge"/> is.</summary>
        Edge,

        /// <summary>The value starts here; leads on.</summary>
        ValueStart,

        /// <summary>The value ends here; leads on.</summary>
        ValueEnd,

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
            case PatternNode.Value { Part: var value }:
                return Add(new Place(PlaceKind.ValueStart) { Next = Add(value, Add(new Place(PlaceKind.ValueEnd) { Next = next })) });
            case PatternNode.Sequence { Parts: var parts }:
                return parts.Reverse().Aggregate(next, (behind, one) => Add(one, behind));
            case PatternNode.Choice { Options: var options }:
                return options.Reverse().Skip(1).Aggregate(Add(options[^1], next), (others, option) => Fork(Add(option, next), others));
            case PatternNode.Repeat repeat:
                return Add(repeat, next);
            default:
                throw new ArgumentException($"{part.GetType().Name} is no part of a pattern", nameof(part));
        }
    }

    private int Add(PatternNode.Repeat repeat, int next)
    {
        var least = _counts ? repeat.Least : Math.Min(repeat.Least, CountedParts);
        var start = next;
        if (!_counts && repeat.Most - least > PatternHead.CountedOptions)
        {
            start = Fork(next, next);
            _places[start] = _places[start] with { Other = Add(repeat.Part, start) };
        }
        else
        {
            for (var i = least; i < repeat.Most; i++)
            {
                var more = Add(repeat.Part, start);
                start = repeat.IsLazy ? Fork(next, more) : Fork(more, next);
            }
        }

        for (var i = 0; i < least; i++)
        {
            start = Add(repeat.Part, start);
        }

        return start;
    }

    private int Fork(int first, int other) => Add(new Place(PlaceKind.Fork) { Next = first, Other = other });

    internal readonly record struct Place(PlaceKind Kind)
    {
        public int Next { get; init; }

        public int Other { get; init; }

        public CharacterSet? Set { get; init; }

        public PatternEdge Edge { get; init; }

        public int Pattern { get; init; }
    }
}
