using System.Text;

namespace GuardedZephyr.Policies;

/// <summary>A span of the original text to replace.</summary>
/// <param name="Category">What stands there afterwards, in square brackets.</param>
public readonly record struct Redaction(int Start, int Length, string Category)
{
    /// <summary>Offset just behind the span.</summary>
    public int End => Start + Length;

    /// <param name="redactions">By offset, none overlapping another, as <see cref="Policy.Redactions"/> gives them.</param>
    /// <returns>The same instance when there is nothing to replace.</returns>
    public static string Apply(string text, IReadOnlyList<Redaction> redactions)
    {
        if (redactions.Count == 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var redaction in redactions)
        {
            result.Append(text, position, redaction.Start - position).Append('[').Append(redaction.Category).Append(']');
            position = redaction.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>
    /// Spans that together cover every character of every finding: where findings overlap they become one, under the category of the
    /// surest, then of the longest, then of the first.
    /// </summary>
    internal static IReadOnlyList<Redaction> Covering(IEnumerable<Finding> findings)
    {
        var redactions = new List<Redaction>();
        var best = default(Finding);
        foreach (var finding in findings.Where(finding => finding.Length > 0).OrderBy(finding => finding.Start))
        {
            if (redactions.Count > 0 && redactions[^1] is var last && finding.Start < last.End)
            {
                best = (finding.Score, finding.Length).CompareTo((best.Score, best.Length)) > 0 ? finding : best;
                redactions[^1] = new Redaction(last.Start, Math.Max(last.End, finding.End) - last.Start, best.Category);
            }
            else
            {
                best = finding;
                redactions.Add(new Redaction(finding.Start, finding.Length, finding.Category));
            }
        }

        return redactions;
    }
}
