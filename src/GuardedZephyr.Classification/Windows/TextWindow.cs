namespace GuardedZephyr.Classification;

/// <summary>A part of a text that is judged by itself, in UTF-16 code units.</summary>
internal readonly record struct TextWindow(int Start, int Length)
{
    public int End => Start + Length;
}
