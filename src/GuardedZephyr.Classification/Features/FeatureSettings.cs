namespace GuardedZephyr.Classification;

/// <summary>How a text becomes numbers. A model only works with the settings that it was trained with.</summary>
internal sealed record FeatureSettings
{
    /// <summary>The only scheme there is: folded words and their character n-grams, hashed. A change of the scheme changes the name.</summary>
    public const string HashedNgrams = "hashed-words-1";

    public string Kind { get; init; } = HashedNgrams;

    /// <summary>Rows of the embedding table.</summary>
    public required int Buckets { get; init; }

    public int ShortestNgram { get; init; } = 3;

    public int LongestNgram { get; init; } = 5;

    /// <summary>Longest window in UTF-16 code units: no more than this is judged at a time.</summary>
    public int WindowLength { get; init; } = 400;

    /// <summary>Words on either side that the model's convolutions let a word know.</summary>
    public int Neighbours { get; init; } = 2;

    public IEnumerable<string> Problems()
    {
        if (Kind != HashedNgrams)
        {
            yield return $"features.kind is '{Kind}', known is '{HashedNgrams}'";
        }

        if (Buckets < 2)
        {
            yield return $"features.buckets is {Buckets}, at least 2 are needed";
        }

        if (ShortestNgram < 3 || LongestNgram < ShortestNgram || LongestNgram > 8)
        {
            yield return $"features: n-grams from {ShortestNgram} to {LongestNgram} characters, usable are 3 to 8";
        }

        if (Neighbours is < 0 or > 64)
        {
            yield return $"features.neighbours is {Neighbours}, usable are 0 to 64";
        }

        if (WindowLength is < 32 or > 4096)
        {
            yield return $"features.windowLength is {WindowLength}, usable are 32 to 4096";
        }
    }
}
