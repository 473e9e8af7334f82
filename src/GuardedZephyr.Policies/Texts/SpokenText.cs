namespace GuardedZephyr.Policies;

/// <summary>
/// A surface read aloud and written down again: number words become digits, "at" and "dot" between words become the signs, and characters that
/// stand apart one by one are joined. What does not change stays, so patterns find in it what was spelled out; spans lead back to the surface.
/// </summary>
/// <remarks>
/// What becomes of a word depends on a few words before and behind it, so a span of this text depends on the surface around that span alone.
/// </remarks>
internal sealed class SpokenText
{
    private static readonly WordReader Words = new([]);

    private readonly int[] _starts;
    private readonly int[] _ends;

    private SpokenText(string text, int[] starts, int[] ends)
    {
        Text = text;
        _starts = starts;
        _ends = ends;
    }

    /// <summary>To match on. Never longer than the surface.</summary>
    public string Text { get; }

    /// <returns>Null when the surface spells nothing out.</returns>
    public static SpokenText? From(string surface) => new SpokenTextBuilder(surface).Build();

    /// <summary>Whether it is worth asking, for a text or for the part of it that was found.</summary>
    public static bool SpellsOut(ReadOnlySpan<char> surface) => Words.Read(surface, []);

    /// <summary>The span of the surface that gave a span of this text.</summary>
    /// <param name="length">At least 1.</param>
    public (int Start, int Length) SurfaceSpan(int start, int length) => (_starts[start], _ends[start + length - 1] - _starts[start]);

    internal static SpokenText Of(string text, int[] starts, int[] ends) => new(text, starts, ends);
}
