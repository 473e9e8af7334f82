using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>
/// Values that a policy knows by their hash alone: every run of so many words of a text is hashed and looked up, which costs as many hashes
/// a word as a value may have words: with three words a megabyte of prose takes half a million, two to four seconds. A word is a run of letters
/// and digits; what stands between two words belongs to the value. Thread-safe.
/// </summary>
/// <param name="maxWords">Of the longest value: <c>ada@example.org</c> has three.</param>
internal sealed class HashedValues(ListHasher hasher, IReadOnlyDictionary<ListDigest, string> entities, int maxWords)
{
    /// <summary>In characters of the surface.</summary>
    public const int LongestMatch = ListText.MaxLength;

    private readonly FrozenDictionary<ListDigest, string> _entities = entities.ToFrozenDictionary();

    public IEnumerable<string> Entities => _entities.Values;

    public void Collect(string surface, List<ListMatch> matches, CancellationToken cancellationToken)
    {
        for (var start = WordStart(surface, 0); start < surface.Length; start = WordStart(surface, WordEnd(surface, start)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            CollectFrom(start, surface, matches);
        }
    }

    private void CollectFrom(int start, string surface, List<ListMatch> matches)
    {
        var limit = Math.Min(surface.Length, start + LongestMatch + 1);
        var word = start;
        for (var count = 0; count < maxWords; count++)
        {
            var end = WordEnd(surface, word, limit);
            if (end - start > LongestMatch)
            {
                return;
            }

            if (hasher.Digest(surface.AsSpan(start, end - start)) is { } digest && _entities.TryGetValue(digest, out var entity))
            {
                matches.Add(new ListMatch(start, end - start, entity));
            }

            word = WordStart(surface, end, limit);
            if (word == limit || HasWideSpace(surface.AsSpan(end, word - end)))
            {
                return;
            }
        }
    }

    private static int WordStart(string surface, int from, int? limit = null)
    {
        var index = from;
        while (index < (limit ?? surface.Length) && !char.IsLetterOrDigit(surface[index]))
        {
            index++;
        }

        return index;
    }

    private static int WordEnd(string surface, int from, int? limit = null)
    {
        var index = from;
        while (index < (limit ?? surface.Length) && char.IsLetterOrDigit(surface[index]))
        {
            index++;
        }

        return index;
    }

    private static bool HasWideSpace(ReadOnlySpan<char> gap)
    {
        var run = 0;
        foreach (var character in gap)
        {
            run = char.IsWhiteSpace(character) ? run + 1 : 0;
            if (run > ListText.MaxSpace)
            {
                return true;
            }
        }

        return false;
    }
}
