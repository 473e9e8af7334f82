namespace GuardedZephyr.Guardrails;

/// <summary>Finds where a segment ends. The answer depends on the text alone, never on how it was chunked.</summary>
internal static class Segmenter
{
    private const string SentenceEnds = ".!?:;…。！？\n";

    /// <param name="text">The reply from the segment's start on.</param>
    /// <param name="complete">No more text will come.</param>
    /// <returns>Length of the segment; null when more text is needed to tell.</returns>
    public static int? FindEnd(ReadOnlySpan<char> text, bool complete, GateOptions options)
    {
        int limit = Math.Min(text.Length, options.MaxSegment);
        int lastSpace = 0;

        for (int i = 1; i < limit; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                continue;
            }

            lastSpace = i + 1;
            if (lastSpace >= options.MinSegment && (text[i] == '\n' || SentenceEnds.Contains(text[i - 1])))
            {
                return lastSpace;
            }
        }

        if (text.Length <= options.MaxSegment)
        {
            return complete && text.Length > 0 ? text.Length : null;
        }

        if (lastSpace >= options.MinSegment)
        {
            return lastSpace;
        }

        return char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
    }
}
