using System.Buffers;
using System.Text;

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
    /// <summary>So many characters that stand alone, or half as many number words that are no common syllable, make it worth looking.</summary>
    private const int Least = 6;

    private static readonly SearchValues<string> Signs = SearchValues.Create(["dot", "punkt", "punto", "ponto", "(at)", "[at]", "{at}"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> NumberWords = SearchValues.Create([.. SpokenWords.Digits.Keys.Where(word => word.Length > 3 && Ascii.IsValid(word)), "one", "two", "six"], StringComparison.OrdinalIgnoreCase);

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
    public static SpokenText? From(string surface) => SpellsOut(surface) ? new SpokenTextBuilder(surface).Build() : null;

    /// <summary>Whether a text, or the part of it that was found, spells something out. What holds for a part holds for the whole.</summary>
    public static bool SpellsOut(ReadOnlySpan<char> surface) => surface.ContainsAny(Signs) || HasSingles(surface) || HasNumberWords(surface);

    /// <summary>The span of the surface that gave a span of this text.</summary>
    /// <param name="length">At least 1.</param>
    public (int Start, int Length) SurfaceSpan(int start, int length) => (_starts[start], _ends[start + length - 1] - _starts[start]);

    internal static SpokenText Of(string text, int[] starts, int[] ends) => new(text, starts, ends);

    private static bool HasNumberWords(ReadOnlySpan<char> surface)
    {
        for (var count = 0; count < Least / 2; count++)
        {
            var index = surface.IndexOfAny(NumberWords);
            if (index < 0)
            {
                return false;
            }

            surface = surface[(index + 3)..];
        }

        return true;
    }

    private static bool HasSingles(ReadOnlySpan<char> surface)
    {
        var run = 0;
        var length = 0;
        foreach (var character in surface)
        {
            if (character > ' ')
            {
                length++;
                continue;
            }

            run = length > 1 ? 0 : run + length;
            if (run == Least)
            {
                return true;
            }

            length = 0;
        }

        return length == 1 && run + 1 == Least;
    }
}
