namespace GuardedZephyr.Classification;

/// <summary>The words of a text as numbers, in one growing buffer: reuse it for the next text.</summary>
internal sealed class TextFeatures
{
    /// <summary>For each word its bucket.</summary>
    public List<int> Words { get; } = [];

    /// <summary>For each word the offset of its first character.</summary>
    public List<int> Starts { get; } = [];

    /// <summary>The buckets of the character n-grams of all words, one word behind the other.</summary>
    public List<int> Ngrams { get; } = [];

    /// <summary>For each word where its n-grams end in <see cref="Ngrams"/>.</summary>
    public List<int> NgramEnds { get; } = [];

    public int Count => Words.Count;

    public void Clear()
    {
        Words.Clear();
        Starts.Clear();
        Ngrams.Clear();
        NgramEnds.Clear();
    }

    /// <summary>Where the n-grams of a word begin in <see cref="Ngrams"/>.</summary>
    public int NgramStart(int word) => word == 0 ? 0 : NgramEnds[word - 1];
}
