namespace GuardedZephyr.Classification;

/// <summary>
/// Cuts a text into sentences for a token classifier. Where a sentence ends depends on the few characters before alone, so that a part of a
/// text is cut as the whole is; one that is too long is cut into overlapping parts.
/// </summary>
internal static class EntitySentences
{
    /// <summary>Characters of a sentence, or of the part of one, that are judged together.</summary>
    public const int Longest = 256;

    /// <summary>What the parts of a long sentence have in common: names are shorter.</summary>
    private const int Overlap = 64;

    /// <summary>A full stop behind a capitalised word of so few letters is an abbreviation or an initial (Dr., F.).</summary>
    private const int LongestAbbreviation = 3;

    public static IEnumerable<TextWindow> Cut(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = SentenceEnd(text, start);
            while (end - start > Longest)
            {
                var cut = Boundary(text, start + (Longest * 3 / 4), start + Longest);
                yield return new TextWindow(start, cut - start);
                start = Boundary(text, cut - Overlap, cut - (Overlap / 2));
            }

            yield return new TextWindow(start, end - start);
            start = end;
        }
    }

    /// <summary>Two parts of a window that together cover it and overlap where there is room; null when it is one character.</summary>
    public static (TextWindow Left, TextWindow Right)? Halve(string text, TextWindow window)
    {
        var middle = Boundary(text, window.Start + 1, window.Start + (window.Length / 2));
        if (middle <= window.Start || middle >= window.End)
        {
            middle = window.Start + (char.IsHighSurrogate(text[window.Start]) && window.Length > 1 && char.IsLowSurrogate(text[window.Start + 1]) ? 2 : 1);
        }

        if (middle >= window.End)
        {
            return null;
        }

        var overlap = window.Length / 4;
        var back = middle - overlap > window.Start ? Boundary(text, middle - overlap, middle - (overlap / 2)) : middle;
        return (new TextWindow(window.Start, middle - window.Start), new TextWindow(back, window.End - back));
    }

    /// <summary>Behind a line break, or behind the white space that follows <c>. ! ?</c>.</summary>
    private static int SentenceEnd(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\n' || (char.IsWhiteSpace(text[i]) && i > start && EndsSentence(text, i - 1)))
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private static bool EndsSentence(string text, int mark)
    {
        if (text[mark] != '.')
        {
            return text[mark] is '!' or '?';
        }

        var first = mark;
        while (first > 0 && mark - first <= LongestAbbreviation && char.IsLetter(text[first - 1]))
        {
            first--;
        }

        return first == mark || mark - first > LongestAbbreviation || !char.IsUpper(text[first]);
    }

    /// <summary>The last place from <paramref name="earliest"/> to <paramref name="latest"/> behind white space; else the latest that splits no surrogate pair.</summary>
    private static int Boundary(string text, int earliest, int latest)
    {
        for (var i = latest; i > earliest; i--)
        {
            if (char.IsWhiteSpace(text[i - 1]))
            {
                return i;
            }
        }

        return latest > 0 && latest < text.Length && char.IsSurrogatePair(text[latest - 1], text[latest]) ? latest - 1 : latest;
    }
}
