using System.Buffers;

namespace GuardedZephyr.Classification;

/// <summary>Words in which digits and signs stand for letters: <c>h0w t0 m4k3 a b0mb</c>.</summary>
internal sealed class LeetspeakDecoder : ISurfaceDecoder
{
    private const int LongestWord = 40;

    private const int ShortestEvidence = 3;

    private static readonly SearchValues<char> Signs = SearchValues.Create("013456789@$!|+(\u20AC");

    /// <summary>Those of the signs that do not stand between two words when a space was forgotten.</summary>
    private static readonly SearchValues<char> Hiding = SearchValues.Create("013456789@$\u20AC");

    public void Decode(string text, ICollection<DecodedText> found)
    {
        var words = new List<(int Start, string Word, bool IsEvidence)>(0);
        var evidence = 0;
        for (var i = text.AsSpan().IndexOfAny(Signs); i >= 0;)
        {
            var (start, end) = Word(text, i);
            if (end - start <= LongestWord && Letters(text.AsSpan(start, end - start)) is { } word)
            {
                var isEvidence = word.Length >= ShortestEvidence && (CommonWords.Contains(word) || HidesLetters(text.AsSpan(start, end - start)));
                words.Add((start, word, isEvidence));
                evidence += isEvidence ? 1 : 0;
            }

            end = Math.Max(end, i + 1);
            var step = text.AsSpan(end).IndexOfAny(Signs);
            i = step < 0 ? step : end + step;
        }

        if (evidence == 0)
        {
            return;
        }

        // Who spells two words so may spell any so; beside one alone, 10am is a time.
        var respelling = new Respelling(text);
        foreach (var (start, word, _) in words.Where(word => word.IsEvidence || evidence > 1))
        {
            respelling.Replace(start, word.Length, word);
        }

        respelling.AddPassages("leetspeak", found);
    }

    /// <summary>The word at <paramref name="at"/>, from white space to white space without the punctuation around it.</summary>
    private static (int Start, int End) Word(string text, int at)
    {
        var (start, end) = (at, at + 1);
        while (start > 0 && at - start <= LongestWord && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && end - at <= LongestWord && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        while (start < end && text[start] is '"' or '\'' or '(' or '[' or '*' or '_' or '\u201C' or '\u2018')
        {
            start++;
        }

        while (end > start && text[end - 1] is '.' or ',' or '!' or '?' or ';' or ':' or '"' or '\'' or ')' or ']' or '*' or '_' or '\u201D' or '\u2019')
        {
            end--;
        }

        return (start, end);
    }

    /// <returns>Null when the word has no sign for a letter, or what is neither letter nor such a sign, or no letter of its own.</returns>
    private static string? Letters(ReadOnlySpan<char> word)
    {
        var letters = 0;
        var ones = false;
        foreach (var c in word)
        {
            if (char.IsAsciiLetter(c))
            {
                letters++;
            }
            else if (!Signs.Contains(c))
            {
                return null;
            }

            ones |= c is '1' or '!' or '|';
        }

        if (letters == 0 || letters == word.Length)
        {
            return null;
        }

        var read = Read(word, one: null);
        return !ones || CommonWords.Contains(read) ? read
            : Read(word, one: 'l') is var withL && CommonWords.Contains(withL) ? withL
            : Read(word, one: 'i') is var withI && CommonWords.Contains(withI) ? withI
            : read;
    }

    /// <summary>Whether one letter at a time is hidden between shown ones, as in <c>b0mb</c>, and most are shown: not so in a product's number or a key.</summary>
    private static bool HidesLetters(ReadOnlySpan<char> word)
    {
        var hidden = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(word[i]) && char.IsAsciiLetterLower(word[i - 1]))
            {
                return false;
            }

            if (!char.IsAsciiLetter(word[i]))
            {
                hidden++;
                if (!Hiding.Contains(word[i]) || i == 0 || i == word.Length - 1 || (!char.IsAsciiLetter(word[i + 1]) && word[i + 1] != word[i]))
                {
                    return false;
                }
            }
        }

        return word.Length > ShortestEvidence && hidden * 5 <= word.Length * 2;
    }

    /// <param name="one">What a one stands for; when null, l before a vowel and behind another l or one, else i.</param>
    private static string Read(ReadOnlySpan<char> word, char? one) => string.Create(word.Length, (word.ToString(), one), static (read, from) =>
    {
        var (word, one) = from;
        for (var i = 0; i < word.Length; i++)
        {
            read[i] = word[i] switch
            {
                '0' => 'o',
                '3' or '\u20AC' => 'e',
                '4' or '@' => 'a',
                '5' or '$' => 's',
                '6' or '9' => 'g',
                '7' or '+' => 't',
                '8' => 'b',
                '(' => 'c',
                '1' or '!' or '|' => one ?? (IsL(word, i) ? 'l' : 'i'),
                var letter => letter,
            };
        }
    });

    private static bool IsL(string word, int at) =>
        (at + 1 < word.Length && "aeou034@AEOU".Contains(word[at + 1], StringComparison.Ordinal)) || (at > 0 && word[at - 1] is 'l' or 'L' or '1' or '!' or '|');
}
