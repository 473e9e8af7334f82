namespace GuardedZephyr.Policies;

/// <summary>How many characters a pattern matches, at least and at most.</summary>
internal readonly record struct PatternLength(int Min, int Max)
{
    private static readonly PatternLength Zero = new(0, 0);

    /// <param name="pattern">A pattern that <see cref="System.Text.RegularExpressions.Regex"/> accepts.</param>
    /// <exception cref="NotSupportedException">There is no bound, or it cannot be told; the message says where.</exception>
    public static PatternLength Of(string pattern) => Of(PatternSyntax.Read(pattern));

    /// <exception cref="OverflowException">It has a bound that is beyond counting.</exception>
    public static PatternLength Of(PatternNode node) => node switch
    {
        PatternNode.One => new PatternLength(1, 1),
        PatternNode.Sequence { Parts: var parts } => parts.Select(Of).Aggregate(Zero, (sum, part) => checked(new(sum.Min + part.Min, sum.Max + part.Max))),
        PatternNode.Choice { Options: var options } => options.Select(Of).Aggregate((one, other) => new(Math.Min(one.Min, other.Min), Math.Max(one.Max, other.Max))),
        PatternNode.Value { Part: var part } => Of(part),
        PatternNode.Repeat repeat when Of(repeat.Part) is var once => checked(new(once.Min * repeat.Least, once.Max * repeat.Most)),
        _ => Zero,
    };
}
