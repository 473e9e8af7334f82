using GuardedZephyr.Policies;

namespace GuardedZephyr.Bench;

/// <summary>A sample, and what became of its places and of the findings in it.</summary>
internal sealed record SampleResult(Sample Sample, IReadOnlyList<GoldResult> Gold, IReadOnlyList<FindingResult> Findings)
{
    public static SampleResult Of(Sample sample, IReadOnlyList<Finding> findings)
    {
        GoldResult[] gold = [.. sample.Gold.Select(place => Judge(sample.Text, place, findings))];
        bool IsRight(Finding finding) => gold.Any(result => result.Found && result.Gold.Kind.Accepts(finding.Category)
            && (result.Gold.IsWholeText || Spans.Share(sample.Text, result.Gold.Start, result.Gold.End, finding)));
        return new SampleResult(
            sample,
            gold,
            [.. findings.Select(finding => new FindingResult(finding, sample.Annotated.FirstOrDefault(kind => kind.IsHomeOf(finding.Category)), IsRight(finding)))]);
    }

    public IEnumerable<(Kind Kind, Counts Counts)> Count() =>
    [
        .. Gold.Select(result => (result.Gold.Kind, result.Count(Sample.Text))),
        .. Findings.Where(result => result.Kind is not null).Select(result => (result.Kind!, new Counts { Findings = 1, Right = result.IsRight ? 1 : 0 })),
    ];

    public IEnumerable<(string What, Kind Kind)> Errors() =>
    [
        .. Gold.Where(result => !result.Found && !result.Gold.Kind.IsOutOfScope).Select(result => ("missed", result.Gold.Kind)),
        .. Findings.Where(result => result.Kind is not null && !result.IsRight).Select(result => ("false alarm", result.Kind!)),
    ];

    private static GoldResult Judge(string text, Gold gold, IReadOnlyList<Finding> findings)
    {
        Finding[] ofKind = [.. findings.Where(finding => gold.Kind.Accepts(finding.Category) && !gold.Kind.IsOutOfScope)];
        return gold.IsWholeText
            ? new GoldResult(gold, ofKind.Length > 0, findings.Count > 0, false)
            : new GoldResult(
                gold,
                Spans.Cover(text, gold.Start, gold.End, ofKind),
                Spans.Cover(text, gold.Start, gold.End, findings),
                ofKind.Any(finding => finding.Start == gold.Start && finding.End == gold.End));
    }
}

/// <param name="Found">Covered by findings of its kind.</param>
/// <param name="Covered">Covered by findings of whatever kind.</param>
/// <param name="Exact">One finding of its kind has the same ends.</param>
internal sealed record GoldResult(Gold Gold, bool Found, bool Covered, bool Exact)
{
    public Counts Count(string text)
    {
        static int One(bool condition) => condition ? 1 : 0;
        var isPlausible = Plausibility.Holds(Gold.Kind, text.AsSpan(Gold.Start, Gold.Length));
        return new Counts(1, One(Found), One(Covered), One(!Gold.IsWholeText), One(Exact), 0, 0, One(isPlausible), One(isPlausible && Found));
    }
}

/// <param name="Kind">Null where the set does not mark what the finding is.</param>
/// <param name="IsRight">It belongs to a place that was found.</param>
internal sealed record FindingResult(Finding Finding, Kind? Kind, bool IsRight);
