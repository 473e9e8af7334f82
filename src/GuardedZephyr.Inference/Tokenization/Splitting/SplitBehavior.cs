namespace GuardedZephyr.Inference.Tokenization;

/// <summary>What becomes of a match, in the words of tokenizer.json.</summary>
internal enum SplitBehavior
{
    /// <summary>A piece of its own.</summary>
    Isolated,
    Removed,
    MergedWithPrevious,
    MergedWithNext,

    /// <summary>Matches that touch are one piece.</summary>
    Contiguous,
}
