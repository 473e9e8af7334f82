namespace GuardedZephyr.Policies;

/// <summary>Words that make a candidate more likely, or less, when they stand near it: whole words, before or behind, in any case.</summary>
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

    private readonly string[][] _phrases;

    /// <param name="phrases">Words, or several words with spaces between.</param>
    public ContextWords(IEnumerable<string> phrases)
    {
        _phrases = [.. phrases.Select(phrase => phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    public static double Lift(double score) => Math.Min(1, Math.Max(LiftedMinimum, score + Boost));

    public static double Lower(double score) => Math.Max(0, score - Boost);

    /// <summary>A phrase that stands near the span from <paramref name="start"/> to <paramref name="end"/> of the surface; null when none does.</summary>
    public ContextSupport? Supporting(string surface, int start, int end)
    {
        if (_phrases.Length == 0)
        {
            return null;
        }

        Span<Range> words = stackalloc Range[WindowWords];
        return Held(surface, words[..WordsBefore(surface, start, words)]) is { } before ? new ContextSupport(string.Join(' ', before), IsBefore: true)
            : Held(surface, words[..WordsBehind(surface, end, words)]) is { } behind ? new ContextSupport(string.Join(' ', behind), IsBefore: false)
            : null;
    }

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

    private static bool IsWord(char character) => char.IsLetterOrDigit(character);

    private string[]? Held(string surface, ReadOnlySpan<Range> words)
    {
        foreach (var phrase in _phrases)
        {
            for (var first = 0; first + phrase.Length <= words.Length; first++)
            {
                if (StandsAt(surface, words[first..], phrase))
                {
                    return phrase;
                }
            }
        }

        return null;
    }

    private static bool StandsAt(string surface, ReadOnlySpan<Range> words, string[] phrase)
    {
        for (var i = 0; i < phrase.Length; i++)
        {
            if (!surface.AsSpan()[words[i]].Equals(phrase[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
