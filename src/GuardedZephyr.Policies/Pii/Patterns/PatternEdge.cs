namespace GuardedZephyr.Policies;

/// <summary>A place between characters that a pattern asks for.</summary>
internal enum PatternEdge
{
    TextStart,
    LineStart,

    /// <summary>The text's end, or before a line end that is its last character.</summary>
    TextEnd,

    VeryEnd,
    LineEnd,
    WordEdge,
    NoWordEdge,
}

internal static class PatternEdges
{
    /// <summary>Whether the edge can be between a character of the one kind and one of the other.</summary>
    public static bool MayBe(this PatternEdge edge, SymbolKind before, SymbolKind behind)
    {
        var isUnknown = before == SymbolKind.Beyond || behind == SymbolKind.Beyond;
        var isWordEdge = before == SymbolKind.Word != (behind == SymbolKind.Word);
        return edge switch
        {
            PatternEdge.TextStart => before == SymbolKind.Nothing,
            PatternEdge.LineStart => before is SymbolKind.Nothing or SymbolKind.LineEnd,
            PatternEdge.TextEnd or PatternEdge.LineEnd => behind is SymbolKind.Nothing or SymbolKind.LineEnd,
            PatternEdge.VeryEnd => behind == SymbolKind.Nothing,
            PatternEdge.WordEdge => isUnknown || isWordEdge,
            _ => isUnknown || !isWordEdge,
        };
    }
}
