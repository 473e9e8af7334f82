namespace GuardedZephyr.Classification;

/// <summary>Hashes each word, and the character n-grams of the word with its ends marked, to buckets. Thread-safe.</summary>
internal sealed class FeatureExtractor(FeatureSettings settings)
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;
    private const uint NgramKind = 0x85EBCA6B;
    private const char WordStart = '<';
    private const char WordEnd = '>';

    private readonly uint _buckets = (uint)settings.Buckets;

    /// <summary>Adds the words of a text to what is in <paramref name="features"/>.</summary>
    public void Extract(ReadOnlySpan<char> text, TextFeatures features)
    {
        Span<char> marked = stackalloc char[WordReader.LongestWord + 2];
        marked[0] = WordStart;
        var reader = new WordReader(text, marked[1..^1]);
        while (reader.Read())
        {
            var length = reader.Word.Length;
            features.Starts.Add(reader.Start);
            features.Words.Add(Bucket(Hash(reader.Word)));
            marked[1 + length] = WordEnd;
            AddNgrams(marked[..(length + 2)], features.Ngrams);
            features.NgramEnds.Add(features.Ngrams.Count);
        }
    }

    private void AddNgrams(ReadOnlySpan<char> marked, List<int> buckets)
    {
        for (var start = 0; start + settings.ShortestNgram <= marked.Length; start++)
        {
            var hash = Offset ^ NgramKind;
            var end = Math.Min(marked.Length, start + settings.LongestNgram);
            for (var i = start; i < end; i++)
            {
                hash = (hash ^ marked[i]) * Prime;
                if (i - start + 1 >= settings.ShortestNgram)
                {
                    buckets.Add(Bucket(hash));
                }
            }
        }
    }

    /// <summary>FNV-1a over UTF-16 code units.</summary>
    private static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = Offset;
        foreach (var c in word)
        {
            hash = (hash ^ c) * Prime;
        }

        return hash;
    }

    /// <summary>The finaliser of MurmurHash3 spreads the bits; then the remainder by multiplication (Lemire 2016).</summary>
    private int Bucket(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35;
        hash ^= hash >> 16;
        return (int)(((ulong)hash * _buckets) >> 32);
    }
}
