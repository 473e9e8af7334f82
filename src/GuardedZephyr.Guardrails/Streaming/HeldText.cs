using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>
/// The part of a reply that the gate still needs: what is not yet judged, and enough before it for detectors to see their context.
/// All offsets are those of the whole reply.
/// </summary>
internal sealed class HeldText(int reach, int context)
{
    private readonly List<(int Start, int SurfaceLength)> _judged = [];
    private string _text = "";
    private int _offset;

    /// <summary>Start of the first segment that is not judged yet.</summary>
    public int SegmentStart { get; private set; }

    public int End => _offset + _text.Length;

    public ReadOnlySpan<char> Unjudged => _text.AsSpan(SegmentStart - _offset);

    /// <summary>Takes text in; half a surrogate pair at the end waits for its other half unless no more comes.</summary>
    public void Append(string chunk) => _text += chunk;

    public string Slice(int start, int end) => _text[(start - _offset)..(end - _offset)];

    /// <summary>
    /// The text around [<see cref="SegmentStart"/>, <paramref name="end"/>) on which span detectors find there exactly what they would
    /// find in the whole reply: their reach on both sides, in surface characters.
    /// </summary>
    /// <returns>Null when more text is needed.</returns>
    public Window? WindowAround(int end, bool complete)
    {
        int start = StartOfContext((surface, _) => surface >= reach);
        int available = !complete && char.IsHighSurrogate(_text[^1]) ? End - 1 : End;
        GuardText text = GuardText.From(Slice(start, available));
        int surfaceEnd = SurfaceIndex(text, end - start);

        if (surfaceEnd + reach < text.Surface.Length)
        {
            int windowEnd = start + text.OriginalOffset(surfaceEnd + reach);
            return new Window(GuardText.From(Slice(start, windowEnd)), start, windowEnd);
        }

        return complete ? new Window(text, start, available) : null;
    }

    /// <summary>The text up to <paramref name="end"/> for detectors that judge texts as a whole.</summary>
    /// <param name="question">What the reply answers.</param>
    public Window ContextUpTo(int end, IReadOnlyList<GuardText> question)
    {
        int start = StartOfContext((_, segmentStart) => end - segmentStart >= context);
        return new Window(GuardText.From(Slice(start, end), question), start, end);
    }

    /// <summary>The segment up to <paramref name="end"/> is dealt with; what no later window needs is let go.</summary>
    public void MarkJudged(int end)
    {
        _judged.Add((SegmentStart, GuardText.From(Slice(SegmentStart, end)).Surface.Length));
        SegmentStart = end;

        int keep = StartOfContext((surface, segmentStart) => surface >= reach && end - segmentStart >= context);
        _text = _text[(keep - _offset)..];
        _offset = keep;
        _judged.RemoveAll(segment => segment.Start < keep);
    }

    /// <summary>Lets go of all that is not judged.</summary>
    public void DropUnjudged() => _text = _text[..(SegmentStart - _offset)];

    /// <summary>Start of the latest judged segment from which on there is enough context; the first kept one when there is not.</summary>
    private int StartOfContext(Func<int, int, bool> isEnough)
    {
        int start = SegmentStart;
        int surface = 0;
        for (int i = _judged.Count - 1; i >= 0 && !isEnough(surface, start); i--)
        {
            start = _judged[i].Start;
            surface += _judged[i].SurfaceLength;
        }

        return start;
    }

    private static int SurfaceIndex(GuardText text, int originalOffset)
    {
        int low = 0;
        int high = text.Surface.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (text.OriginalOffset(middle) < originalOffset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>A stretch of the reply.</summary>
    internal sealed record Window(GuardText Text, int Start, int End);
}
