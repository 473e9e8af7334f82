namespace GuardedZephyr.Classification;

/// <summary>
/// Cuts a text into overlapping passages and into sentences. Every character lies in a passage; a sentence that fits in a window is one by itself,
/// so that no amount of harmless text around it can water it down.
/// </summary>
internal static class WindowCutter
{
    /// <summary>A sentence shorter than this says too little alone; the passages judge it.</summary>
    public const int ShortestSentence = 24;

    /// <summary>All windows, passages first; the whole text alone when it is one sentence that fits.</summary>
    public static IEnumerable<TextWindow> Cut(string text, int longest)
    {
        foreach (var passage in Passages(text, longest))
        {
            yield return passage;
        }

        for (var start = 0; start < text.Length;)
        {
            var end = SentenceEnd(text, start);
            var sentence = new TextWindow(start, end - start);
            if (sentence.Length >= ShortestSentence && sentence.Length <= longest && sentence.Length < text.Length)
            {
                yield return sentence;
            }

            start = end;
        }
    }

    /// <summary>Windows of at most <paramref name="longest"/> characters, each beginning half a window behind the one before, at white space where there is some.</summary>
    public static IEnumerable<TextWindow> Passages(string text, int longest)
    {
        var start = 0;
        while (text.Length - start > longest)
        {
            yield return new TextWindow(start, Boundary(text, start + (longest * 3 / 4), start + longest) - start);
            start = Boundary(text, start + (longest / 4), start + (longest / 2));
        }

        yield return new TextWindow(start, text.Length - start);
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

        return char.IsLowSurrogate(text[latest]) && char.IsHighSurrogate(text[latest - 1]) ? latest - 1 : latest;
    }

    /// <summary>Behind a line break, or behind the white space that follows <c>. ! ?</c> and closing quotes.</summary>
    private static int SentenceEnd(string text, int start)
    {
        var ended = false;
        for (var i = start; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n' || (ended && char.IsWhiteSpace(c)))
            {
                while (i < text.Length && char.IsWhiteSpace(text[i]))
                {
                    i++;
                }

                return i;
            }

            ended = c is '.' or '!' or '?' or '\u2026' || (ended && c is '"' or '\'' or ')' or ']' or '\u201D' or '\u2019');
        }

        return text.Length;
    }
}
