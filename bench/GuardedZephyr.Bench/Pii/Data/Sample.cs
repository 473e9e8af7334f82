namespace GuardedZephyr.Bench;

/// <summary>A text with the personal data that its set says it holds.</summary>
/// <param name="Annotated">Kinds that the set marks wherever they stand: what is found of another kind is neither right nor wrong.</param>
/// <param name="Group">What else rows are told apart by; null where nothing.</param>
internal sealed record Sample(string Set, int Row, string Text, IReadOnlyList<Gold> Gold, IReadOnlySet<Kind> Annotated, string? Group = null)
{
    /// <summary>Rows with an odd number: their misses are never listed, so that nothing can be fitted to them.</summary>
    public bool IsHeldOut => HeldOut(Row);

    public static bool HeldOut(int row) => row % 2 == 1;
}

/// <summary>A place to be found; offsets are in UTF-16 code units.</summary>
/// <param name="IsWholeText">The set marks the text, not the place: any finding of the kind will do.</param>
internal sealed record Gold(Kind Kind, int Start, int Length, bool IsWholeText = false)
{
    public int End => Start + Length;
}
