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

    /// <summary>Whether a hit that ends at <paramref name="end"/> belongs to this region: no match is looked at twice.</summary>
    /// <param name="longest">Match of the pattern.</param>
    public bool Reaches(int end, int longest) => end - Last <= longest;

    /// <summary>Where matches start at the earliest; at the latest they do at <see cref="Last"/>.</summary>
    public int FirstStart(int longest) => Math.Max(0, First - longest);
}
