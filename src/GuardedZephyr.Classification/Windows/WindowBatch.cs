namespace GuardedZephyr.Classification;

/// <summary>Windows of a text that the model judges in one run, and the words that they are made of, as the tensors of <see cref="WindowScorer"/>.</summary>
internal sealed record WindowBatch
{
    public required IReadOnlyList<TextWindow> Windows { get; init; }

    /// <summary>[words]</summary>
    public required int[] Words { get; init; }

    /// <summary>[n-grams]: those of all words behind each other, at least one a word.</summary>
    public required int[] Ngrams { get; init; }

    /// <summary>[n-grams, 1]: the word that each belongs to.</summary>
    public required long[] NgramWords { get; init; }

    /// <summary>[words, 1]: one over the number of the word's n-grams.</summary>
    public required float[] NgramShares { get; init; }

    /// <summary>[windows, <see cref="Longest"/>]: indices of words, filled up with the number of words.</summary>
    public required int[] Places { get; init; }

    /// <summary>Words of the longest window.</summary>
    public required int Longest { get; init; }
}
