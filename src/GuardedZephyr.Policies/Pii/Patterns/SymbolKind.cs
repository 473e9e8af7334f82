namespace GuardedZephyr.Policies;

/// <summary>What the edges of a pattern ask about a character.</summary>
internal enum SymbolKind : byte
{
    /// <summary>There is none: the text starts or ends.</summary>
    Nothing,

    LineEnd,

    Word,

    Other,

    /// <summary>Beyond ASCII: it may be a word's or not.</summary>
    Beyond,
}
