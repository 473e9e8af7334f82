namespace GuardedZephyr.Policies;

/// <summary>A span of the original text to replace, and how. <see cref="Operators"/> carries it out.</summary>
/// <param name="Category">What the span is called in what stands there afterwards.</param>
/// <param name="Action">One that changes the text.</param>
/// <param name="KeepLast">Letters and digits that a mask leaves.</param>
public readonly record struct Replacement(int Start, int Length, string Category, RuleAction Action, int KeepLast = 0)
{
    /// <summary>Offset just behind the span.</summary>
    public int End => Start + Length;

    /// <summary>The part of it in [start, end), in offsets from start; its length is not above 0 when there is none.</summary>
    public Replacement Within(int start, int end)
    {
        var from = Math.Max(Start, start);
        return this with { Start = from - start, Length = Math.Min(End, end) - from };
    }

    /// <summary>
    /// Spans that together cover every character of every finding with an operator: where findings overlap they become one, under the
    /// most severe of their operators and the category of the surest, then of the longest, then of the first.
    /// </summary>
    /// <param name="operatorOf">Null for a finding that stays as it is.</param>
    internal static IReadOnlyList<Replacement> Covering(IEnumerable<Finding> findings, Func<Finding, Operator?> operatorOf)
    {
        var replacements = new List<Replacement>();
        var best = default(Finding);
        foreach (var finding in findings.Where(finding => finding.Length > 0).OrderBy(finding => finding.Start))
        {
            if (operatorOf(finding) is not { } own)
            {
                continue;
            }

            if (replacements.Count > 0 && replacements[^1] is var last && finding.Start < last.End)
            {
                best = (finding.Score, finding.Length).CompareTo((best.Score, best.Length)) > 0 ? finding : best;
                var (action, keepLast) = Operator.MoreSevere(new Operator(last.Action, last.KeepLast), own);
                replacements[^1] = new Replacement(last.Start, Math.Max(last.End, finding.End) - last.Start, best.Category, action, keepLast);
            }
            else
            {
                best = finding;
                replacements.Add(new Replacement(finding.Start, finding.Length, finding.Category, own.Action, own.KeepLast));
            }
        }

        return replacements;
    }
}
