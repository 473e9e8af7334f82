namespace GuardedZephyr.Inference.Tokenization;

/// <summary>One step that cuts pieces of text into smaller ones, which merges will not cross.</summary>
/// <param name="Inverted">What the pattern does not match counts as a match.</param>
/// <param name="PrefixSpace">A piece that does not begin with a space is given one first.</param>
internal sealed record PreTokenizer(SplitPattern? Pattern, SplitBehavior Behavior = SplitBehavior.Isolated, bool Inverted = false, bool PrefixSpace = false)
{
    public IEnumerable<ReadOnlyMemory<char>> Split(ReadOnlyMemory<char> text)
    {
        if (PrefixSpace && text.Length > 0 && text.Span[0] != ' ')
        {
            text = $" {text}".AsMemory();
        }

        return Pattern is null ? [text] : Cut(text);
    }

    private IEnumerable<ReadOnlyMemory<char>> Cut(ReadOnlyMemory<char> text)
    {
        var start = 0;
        bool? previousMatched = null;
        foreach (var (at, end, isMatch) in Spans(text))
        {
            // A piece ends where a span begins that does not go on with it.
            var joins = previousMatched is not { } previous || Behavior switch
            {
                SplitBehavior.Contiguous => previous == isMatch,
                SplitBehavior.MergedWithPrevious => isMatch && !previous,
                SplitBehavior.MergedWithNext => previous && !isMatch,
                _ => false,
            };
            if (!joins)
            {
                yield return text[start..at];
                start = at;
            }

            previousMatched = isMatch;
            if (Behavior == SplitBehavior.Removed && isMatch)
            {
                (start, previousMatched) = (end, null);
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }

    /// <summary>Matches and what is between them, in order, without gaps.</summary>
    private IEnumerable<(int Start, int End, bool IsMatch)> Spans(ReadOnlyMemory<char> text)
    {
        for (var from = 0; from < text.Length;)
        {
            var (start, length) = Pattern!.Next(text.Span, from);
            if (start > from)
            {
                yield return (from, start, Inverted);
            }

            if (length > 0)
            {
                yield return (start, start + length, !Inverted);
            }

            from = start + length;
        }
    }
}
