using System.Runtime.InteropServices;

namespace GuardedZephyr.Policies;

/// <summary>Where in a <see cref="PatternNet"/> a text may be.</summary>
/// <param name="Places">Rising.</param>
/// <param name="Before">Of the character that led here.</param>
/// <param name="Matches">The patterns that end before that character, rising.</param>
internal sealed record PatternState(int[] Places, SymbolKind Before, int[] Matches)
{
    /// <summary>The patterns that end here where the text does; null where nobody asked.</summary>
    public int[]? AtEnd { get; set; }

    public bool Equals(PatternState? other) =>
        other is not null && Before == other.Before && Places.AsSpan().SequenceEqual(other.Places) && Matches.AsSpan().SequenceEqual(other.Matches);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Before);
        hash.AddBytes(MemoryMarshal.AsBytes(Places.AsSpan()));
        hash.AddBytes(MemoryMarshal.AsBytes(Matches.AsSpan()));
        return hash.ToHashCode();
    }
}
