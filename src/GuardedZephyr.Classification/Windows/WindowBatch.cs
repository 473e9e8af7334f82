namespace GuardedZephyr.Classification;

/// <summary>Windows of a text that the model judges in one run, and the words that they are made of, as the tensors of <see cref="WindowScorer"/>.</summary>
internal sealed record WindowBatch
{
    public required IReadOnlyList<TextWindow> Windows { get; init; }

    /// <summary>[words]</summary>
    public required int[] Words { get; init; }

    /// <summary>[words, <see cref="Width"/>], filled up with the bucket behind the last.</summary>
    public required int[] Ngrams { get; init; }

    /// <summary>N-grams of the word that has most, at least 1.</summary>
    public required int Width { get; init; }

    /// <summary>[words, 1]: one over the number of a word's n-grams; 0 without any.</summary>
    public required float[] NgramShares { get; init; }

    /// <summary>[windows, <see cref="Longest"/>]: indices of words, filled up with the number of words.</summary>
    public required int[] Places { get; init; }

    /// <summary>Words of the longest window.</summary>
    public required int Longest { get; init; }
}
