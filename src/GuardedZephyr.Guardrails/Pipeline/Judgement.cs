using GuardedZephyr.Policies;

namespace GuardedZephyr.Guardrails;

/// <summary>A verdict and what may pass because of it.</summary>
/// <param name="EnforcedText">The text with replacements carried out; null when the verdict lets nothing pass.</param>
public sealed record Judgement(Verdict Verdict, string? EnforcedText)
{
    /// <summary>The spans that were replaced, in the offsets of the verdict's findings.</summary>
    public IReadOnlyList<Replacement> Replacements { get; init; } = [];

    /// <summary>Without the text, which is not to land in a log.</summary>
    public override string ToString() => $"{nameof(Judgement)} {{ {Verdict} }}";

    /// <summary>What was done with one of the verdict's findings.</summary>
    /// <returns>The verdict's action when the text did not pass; that of the span that the finding went with; else <c>flag</c> or <c>allow</c>.</returns>
    internal RuleAction ActionOn(Finding finding, Direction direction, Policy policy)
    {
        if (!Verdict.Passes)
        {
            return Verdict.Action;
        }

        foreach (Replacement replacement in Replacements)
        {
            if (replacement.Start <= finding.Start && finding.End <= replacement.End)
            {
                return replacement.Action;
            }
        }

        RuleAction asked = policy.ActionOn(direction, finding);
        return asked.ChangesText() ? RuleAction.Allow : asked;
    }
}
