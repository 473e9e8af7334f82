namespace GuardedZephyr.Policies;

/// <summary>A part of a text in which a pattern may match.</summary>
/// <param name="Pattern">By its number in the <see cref="PatternFilter"/>.</param>
/// <param name="First">A match, or the start of it that tells, ends here at the earliest ...</param>
/// <param name="Last">... and here at the latest.</param>
/// <param name="Hits">How many such ends there are.</param>
internal readonly record struct PatternRegion(int Pattern, int First, int Last, int Hits)
{
    /// <summary>As the longest match of a pattern: all its hits are one region.</summary>
    public const int Anywhere = int.MaxValue / 4;

    /// <summary>What is looked at behind the longest match, so that no <c>$</c> or <c>\b</c> is taken to be where the text goes on: a line end may stand before the end.</summary>
    private const int Margin = 2;

    /// <summary>Whether a hit that ends at <paramref name="end"/> belongs to this region: nothing is looked at twice.</summary>
    /// <param name="longest">Match of the pattern.</param>
    public bool Reaches(int end, int longest) => end - Last <= (2 * longest) + Margin;

    /// <summary>The part of the text to look at: no match that starts at or before <see cref="Last"/> gets to its end.</summary>
    public (int From, int To) Window(int longest, int textLength) => (Math.Max(0, First - longest), Math.Min(textLength, Last + longest + Margin));
}
