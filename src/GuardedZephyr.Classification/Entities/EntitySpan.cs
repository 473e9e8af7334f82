namespace GuardedZephyr.Classification;

/// <summary>A name in a text, in UTF-16 code units of it.</summary>
/// <param name="Score">The mean probability of its words.</param>
internal readonly record struct EntitySpan(string Type, int Start, int Length, double Score)
{
    public int End => Start + Length;

    /// <summary>By offset; what two overlapping parts of a text saw of one name is one span, as sure as the surer of them.</summary>
    public static IReadOnlyList<EntitySpan> Merge(IEnumerable<EntitySpan> spans)
    {
        var merged = new List<EntitySpan>();
        foreach (var span in spans.OrderBy(span => span.Start).ThenByDescending(span => span.Length))
        {
            var same = merged.FindLastIndex(earlier => earlier.Type == span.Type && earlier.End > span.Start);
            if (same < 0)
            {
                merged.Add(span);
                continue;
            }

            var earlier = merged[same];
            merged[same] = earlier with { Length = Math.Max(earlier.End, span.End) - earlier.Start, Score = Math.Max(earlier.Score, span.Score) };
        }

        return merged;
    }
}
