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
        Value value => SetsOf(value.Part),
        _ => [],
    };

    /// <summary>One character.</summary>
    public sealed record One(CharacterSet Set) : PatternNode;

    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    public sealed record Choice(IReadOnlyList<PatternNode> Options) : PatternNode;

    /// <param name="IsLazy">Whether less is better than more.</param>
    public sealed record Repeat(PatternNode Part, int Least, int Most, bool IsLazy) : PatternNode;

    /// <summary>What is the finding.</summary>
    public sealed record Value(PatternNode Part) : PatternNode;

    /// <summary>A place between characters.</summary>
    public sealed record Edge(PatternEdge Kind) : PatternNode;
}
