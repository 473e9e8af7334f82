namespace GuardedZephyr.Policies;

/// <summary>A match that its validator did not drop; offsets are those of the matching surface.</summary>
/// <param name="Rank">Place of the recognizer among all: the earlier one names a span that two of them claim with the same score.</param>
internal readonly record struct Candidate(int Start, int Length, double Score, string Entity, int Rank)
{
    public int End => Start + Length;

    /// <summary>
    /// Whether this one makes <paramref name="other"/> superfluous: it covers it and is at least as sure. The relation is transitive and
    /// without circles, so every candidate is kept or covered by a kept one.
    /// </summary>
    public bool Dominates(Candidate other) => Start <= other.Start && End >= other.End
        && (Score, Length, -Rank).CompareTo((other.Score, other.Length, -other.Rank)) > 0;
}
