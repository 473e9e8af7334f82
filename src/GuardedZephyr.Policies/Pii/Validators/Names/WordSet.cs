using System.Collections.Frozen;

namespace GuardedZephyr.Policies;

/// <summary>Words to look up in any case, without allocation.</summary>
internal sealed class WordSet
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;

    /// <param name="words">Texts of words with white space between.</param>
    public WordSet(params IEnumerable<string> words)
    {
        _words = words
            .SelectMany(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public bool Contains(ReadOnlySpan<char> word) => _words.Contains(word);
}
