namespace GuardedZephyr.Policies;

/// <summary>One detection: where it is, what it is, how sure. Never the text itself.</summary>
/// <param name="Category">A PII entity (<c>US_SSN</c>), a harm label (<c>hate</c>) or <c>control-token</c>.</param>
/// <param name="Start">Offset in UTF-16 code units of the text as the caller gave it, before any normalisation.</param>
/// <param name="Length">In UTF-16 code units; never splits a surrogate pair.</param>
/// <param name="Score">From 0 to 1.</param>
/// <param name="Detector">Name of the detector that found it.</param>
public readonly record struct Finding(string Category, int Start, int Length, double Score, string Detector)
{
    /// <summary>Offset just behind the finding.</summary>
    public int End => Start + Length;
}
