using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>What the gate relies on: a window that reaches far enough gives the findings of the whole text.</summary>
internal static class Windows
{
    /// <param name="from">Where the window starts, counted round the text.</param>
    /// <param name="extra">What the window holds beyond its reach on both sides.</param>
    public static void AssertAgrees(IDetector detector, string text, int from, int extra)
    {
        var reach = detector.Reach!.Value;
        var start = from % (text.Length + 1) is var cut && SomeText.SplitsPair(text, cut) ? cut - 1 : cut;
        var end = Math.Min(text.Length, start + (2 * reach) + 1 + extra) is var last && SomeText.SplitsPair(text, last) ? last + 1 : last;
        var safeFrom = start == 0 ? 0 : start + reach;
        var safeTo = end == text.Length ? end : end - reach;

        var whole = detector.Find(text);
        var window = detector.Find(text[start..end]).Select(finding => finding with { Start = finding.Start + start });

        Assert.Equal(whole.Where(IsSafe), window.Where(IsSafe));

        bool IsSafe(Finding finding) => finding.End > safeFrom && finding.Start < safeTo;
    }
}
