using System.Collections.Frozen;
using System.Globalization;

namespace GuardedZephyr.Policies;

/// <summary>
/// Words that make a candidate more likely, or less, when they stand near it: before or behind, in any case. They are whole words, but in scripts that put
/// no space between words (Han, Kana, Thai ...) or add endings to them (Hangul).
/// </summary>
internal sealed class ContextWords
{
    /// <summary>How many words on either side are looked at.</summary>
    public const int WindowWords = 5;

    /// <summary>How many characters of the surface on either side are looked at; the next one tells whether the last word is whole.</summary>
    public const int WindowCharacters = 60;

    /// <summary>What a context word adds to the score, and a word of negative context takes from it ...</summary>
    public const double Boost = 0.35;

    /// <summary>... and the least that the score then is.</summary>
    public const double LiftedMinimum = 0.5;

    public static readonly ContextWords None = new([]);

    private readonly FrozenDictionary<string, Phrase[]> _byFirstWord;
    private readonly FrozenDictionary<string, Phrase[]>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <param name="phrases">Words, or several words with spaces between.</param>
    public ContextWords(IEnumerable<string> phrases)
    {
        var byKind = phrases.ToLookup(phrase => phrase.Any(IsUnspaced));
        Unspaced = [.. byKind[true]];
        _byFirstWord = byKind[false]
            .Select(phrase => new Phrase(phrase, WordsOf(phrase)))
            .Where(phrase => phrase.Words.Length > 0)
            .GroupBy(phrase => phrase.Words[0], StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
        _lookup = _byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Of each phrase the word that is rarest, as longer words mostly are: without it in a text, the phrase is not there.</summary>
    public IEnumerable<string> KeyWords => _byFirstWord.Values.SelectMany(phrases => phrases).Select(phrase => phrase.Words.MaxBy(word => word.Length)!);

    /// <summary>The phrases that need not be whole words.</summary>
    public IReadOnlyList<string> Unspaced { get; }

    public static double Lift(double score) => Math.Min(1, Math.Max(LiftedMinimum, score + Boost));

    public static double Lower(double score) => Math.Max(0, score - Boost);

    /// <summary>Letters and digits; vowel signs and other marks belong to the letter before them: without them no Hindi word would be whole.</summary>
    public static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || (character >= 0x80 && IsWordBeyondAscii(character));

    /// <summary>A phrase that stands near the span from <paramref name="start"/> to <paramref name="end"/> of the surface; null when none does.</summary>
    public ContextSupport? Supporting(string surface, int start, int end)
    {
        if (_byFirstWord.Count > 0)
        {
            Span<Range> words = stackalloc Range[WindowWords];
            var support = Held(surface, words[..WordsBefore(surface, start, words)], isBefore: true)
                ?? Held(surface, words[..WordsBehind(surface, end, words)], isBefore: false);
            if (support is not null)
            {
                return support;
            }
        }

        return Unspaced.Count == 0 ? null
            : HeldInside(surface.AsSpan(Math.Max(0, start - WindowCharacters)..start), isBefore: true)
                ?? HeldInside(surface.AsSpan(end..Math.Min(surface.Length, end + WindowCharacters)), isBefore: false);
    }

    private static bool IsWordBeyondAscii(char character) =>
        char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string[] WordsOf(string phrase) =>
        phrase.Split([.. phrase.Where(character => !IsWord(character)).Distinct()], StringSplitOptions.RemoveEmptyEntries);

    private static bool IsUnspaced(char character) => character
        is (>= '\u0E00' and <= '\u0EFF') // Thai, Lao
        or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF') // Burmese, Khmer
        or (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') // Kana, Han
        or (>= '\uAC00' and <= '\uD7AF'); // Hangul

    private static int WordsBehind(string surface, int end, Span<Range> words)
    {
        var limit = Math.Min(surface.Length, end + WindowCharacters);
        var count = 0;
        for (var index = end; index < limit && count < words.Length;)
        {
            var wordStart = index;
            while (index < limit && IsWord(surface[index]))
            {
                index++;
            }

            var cut = index == limit && index < surface.Length && IsWord(surface[index]);
            if (index > wordStart && !cut)
            {
                words[count++] = wordStart..index;
            }

            index++;
        }

        return count;
    }

    /// <summary>As <see cref="WordsBehind"/>, the words in the order of the text.</summary>
    private static int WordsBefore(string surface, int start, Span<Range> words)
    {
        var limit = Math.Max(0, start - WindowCharacters);
        var count = 0;
        for (var index = start; index > limit && count < words.Length;)
        {
            var wordEnd = index;
            while (index > limit && IsWord(surface[index - 1]))
            {
                index--;
            }

            var cut = index == limit && index > 0 && IsWord(surface[index - 1]);
            if (index < wordEnd && !cut)
            {
                words[count++] = index..wordEnd;
            }

            index--;
        }

        words[..count].Reverse();
        return count;
    }

    private ContextSupport? HeldInside(ReadOnlySpan<char> window, bool isBefore)
    {
        foreach (var phrase in Unspaced)
        {
            if (window.Contains(phrase, StringComparison.OrdinalIgnoreCase))
            {
                return new ContextSupport(phrase, isBefore);
            }
        }

        return null;
    }

    private ContextSupport? Held(ReadOnlySpan<char> surface, ReadOnlySpan<Range> words, bool isBefore)
    {
        for (var first = 0; first < words.Length; first++)
        {
            if (_lookup.TryGetValue(surface[words[first]], out var phrases))
            {
                foreach (var phrase in phrases)
                {
                    if (phrase.StandsAt(surface, words[first..]))
                    {
                        return new ContextSupport(phrase.Text, isBefore);
                    }
                }
            }
        }

        return null;
    }

    private sealed record Phrase(string Text, string[] Words)
    {
        public bool StandsAt(ReadOnlySpan<char> surface, ReadOnlySpan<Range> words)
        {
            if (Words.Length > words.Length)
            {
                return false;
            }

            for (var i = 1; i < Words.Length; i++) // the first one is how the phrase was looked up
            {
                if (!surface[words[i]].Equals(Words[i], StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
