using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>Whether findings can be true of a text: a detector that answers nonsense has failed.</summary>
internal static class Soundness
{
    /// <returns>The findings, in a list that the detector does not hold.</returns>
    /// <exception cref="UnsoundFindingsException">One lies outside the text, has no category or a score outside 0 to 1.</exception>
    public static IReadOnlyList<Finding> Check(IReadOnlyList<Finding>? findings, GuardText text)
    {
        Finding[] own = [.. findings ?? throw new UnsoundFindingsException()];
        return Array.TrueForAll(own, finding => IsSound(finding, text.Original.Length)) ? own : throw new UnsoundFindingsException();
    }

    private static bool IsSound(Finding finding, int length) =>
        finding.Category is not null && finding.Score is >= 0 and <= 1 && finding.Start >= 0 && finding.Length >= 0 && finding.Length <= length - finding.Start;
}
