using System.Text.Json;

namespace GuardedZephyr.Cli;

/// <summary>What another policy would change, without a text.</summary>
/// <param name="Lines">Lines that were judged by both policies.</param>
/// <param name="Unreadable">Lines that could not be judged.</param>
internal sealed record PolicyDiffReport(
    PolicyDiffReport.PolicyLine Old,
    PolicyDiffReport.PolicyLine New,
    long Lines,
    long Changed,
    long Unreadable,
    IReadOnlyList<PolicyDiffReport.Transition> Transitions,
    IReadOnlyList<PolicyDiffReport.RuleCount> Rules)
{
    internal sealed record PolicyLine(string File, string Name, int Version, string Sha256);

    /// <param name="Count">Lines whose outcome, action, text, answer or rules are not the same, also where the outcome is.</param>
    /// <param name="Examples">Ids of the first such lines; of a line without id its number, as <c>line 7</c>.</param>
    internal sealed record Transition(string From, string To, long Count, IReadOnlyList<JsonElement> Examples);

    /// <param name="Gained">Lines in which the rule matches with the new policy only.</param>
    internal sealed record RuleCount(string Rule, long Gained, long Lost);
}
