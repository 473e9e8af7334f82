using System.Buffers;

namespace GuardedZephyr.Classification;

/// <summary>
/// Hashes words, pairs of words (adjacent, and with one word between) and the character n-grams of each padded word to buckets. Thread-safe.
/// Training and run time share this code; golden values in the tests hold it still.
/// </summary>
internal sealed class FeatureExtractor(FeatureSettings settings)
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;
    private const uint PairKind = 0x9E3779B9;
    private const uint SkipKind = 0x7F4A7C15;
    private const uint NgramKind = 0x85EBCA6B;
    private const char WordStart = '<';
    private const char WordEnd = '>';

    private readonly uint _buckets = (uint)settings.Buckets;

    /// <summary>No text of <paramref name="length"/> characters gives more features than this.</summary>
    public int MostFeatures(int length) => length * (settings.LongestNgram - settings.ShortestNgram + 4);

    /// <summary>Writes the buckets of the features of a text, a feature as often as it occurs.</summary>
    /// <param name="buckets">At least <see cref="MostFeatures"/> long.</param>
    /// <returns>How many were written; 0 when the text has no word.</returns>
    public int Extract(ReadOnlySpan<char> text, Span<int> buckets)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length + 2);
        try
        {
            var count = 0;
            uint last = 0, beforeLast = 0;
            var words = 0;
            var position = 0;
            while (NextWord(text, ref position, buffer, out var length))
            {
                var word = Hash(buffer.AsSpan(1, length));
                buckets[count++] = Bucket(word);
                if (words > 0)
                {
                    buckets[count++] = Bucket(Join(last, word, PairKind));
                }

                if (words > 1)
                {
                    buckets[count++] = Bucket(Join(beforeLast, word, SkipKind));
                }

                count += Ngrams(buffer.AsSpan(0, length + 2), buckets[count..]);
                (beforeLast, last) = (last, word);
                words++;
            }

            return count;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// A word is a run of letters, digits, apostrophes and underscores, or one other symbol that is not ASCII (an emoji with its surrogate pair).
    /// Lower-cased; digits become 0, typographic apostrophes straight, and a letter that repeats is kept twice.
    /// </summary>
    private static bool NextWord(ReadOnlySpan<char> text, ref int position, char[] buffer, out int length)
    {
        length = 0;
        while (position < text.Length && !IsWord(text[position]) && !IsSymbol(text[position]))
        {
            position++;
        }

        if (position == text.Length)
        {
            return false;
        }

        buffer[0] = WordStart;
        if (IsSymbol(text[position]))
        {
            buffer[1 + length++] = text[position++];
            if (position < text.Length && char.IsSurrogatePair(buffer[1], text[position]))
            {
                buffer[1 + length++] = text[position++];
            }
        }
        else
        {
            for (; position < text.Length && IsWord(text[position]); position++)
            {
                var c = Fold(text[position]);
                if (length < 2 || buffer[length] != c || buffer[length - 1] != c)
                {
                    buffer[1 + length++] = c;
                }
            }
        }

        buffer[1 + length] = WordEnd;
        return true;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '\'' or '\u2019' or '_';

    private static bool IsSymbol(char c) => c > 0x7F && !char.IsLetterOrDigit(c) && !char.IsWhiteSpace(c) && !char.IsPunctuation(c) && !char.IsControl(c);

    private static char Fold(char c) => char.IsDigit(c) ? '0' : c == '\u2019' ? '\'' : char.ToLowerInvariant(c);

    private int Ngrams(ReadOnlySpan<char> padded, Span<int> buckets)
    {
        var count = 0;
        for (var start = 0; start + settings.ShortestNgram <= padded.Length; start++)
        {
            var hash = Offset ^ NgramKind;
            var end = Math.Min(padded.Length, start + settings.LongestNgram);
            for (var i = start; i < end; i++)
            {
                hash = (hash ^ padded[i]) * Prime;
                if (i - start + 1 >= settings.ShortestNgram)
                {
                    buckets[count++] = Bucket(hash);
                }
            }
        }

        return count;
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

    private static uint Join(uint first, uint second, uint kind) => ((first * Prime) ^ kind) * Prime ^ second;

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
