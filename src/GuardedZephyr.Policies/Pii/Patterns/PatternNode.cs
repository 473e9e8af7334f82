namespace GuardedZephyr.Policies;

/// <summary>A part of a pattern, as <see cref="PatternSyntax"/> reads it.</summary>
internal abstract record PatternNode
{
    /// <summary>The character sets of the part, some of them more than once.</summary>
    public static IEnumerable<CharacterSet> SetsOf(PatternNode node) => node switch
    {
        One one => [one.Set],
        Sequence sequence => sequence.Parts.SelectMany(SetsOf),
        Choice choice => choice.Options.SelectMany(SetsOf),
        Repeat repeat => SetsOf(repeat.Part),
        _ => [],
    };

    /// <summary>One character.</summary>
    public sealed record One(CharacterSet Set) : PatternNode;

    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    public sealed record Choice(IReadOnlyList<PatternNode> Options) : PatternNode;

    public sealed record Repeat(PatternNode Part, int Least, int Most) : PatternNode;

    /// <summary>A place between characters.</summary>
    public sealed record Edge(PatternEdge Kind) : PatternNode;
}
