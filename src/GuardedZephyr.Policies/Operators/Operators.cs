using System.Text;

namespace GuardedZephyr.Policies;

/// <summary>Carries replacements out: the one place where a span of a text becomes something else.</summary>
/// <param name="keyedHash">HMAC of a text under a secret key, in hexadecimal digits.</param>
public sealed class Operators(Func<string, string> keyedHash, Pseudonyms pseudonyms)
{
    private const int HashDigits = 12;

    /// <summary>What of a text the model may see. What looks like a placeholder in it is broken up.</summary>
    /// <param name="replacements">By offset, none overlapping another, as <see cref="Policy.Replacements"/> gives them.</param>
    /// <returns>The same instance when there is nothing to change.</returns>
    public string ApplyToRequest(string text, IReadOnlyList<Replacement> replacements) => Apply(text, replacements, pseudonyms.Break);

    /// <summary>What of the model's text the user may see: placeholders of the user's own values are turned back.</summary>
    /// <param name="replacements">As for <see cref="ApplyToRequest"/>, without those that <see cref="LeavesInReply"/>.</param>
    /// <returns>The same instance when there is nothing to change.</returns>
    public string ApplyToReply(string text, IReadOnlyList<Replacement> replacements) => Apply(text, replacements, pseudonyms.Restore);

    /// <summary>Whether the span is a value to pseudonymise that is the user's own: a reply may say it.</summary>
    public bool LeavesInReply(string text, Replacement replacement) =>
        replacement.Action == RuleAction.Pseudonymise && pseudonyms.IsOwn(replacement.Category, text.Substring(replacement.Start, replacement.Length));

    private string Apply(string text, IReadOnlyList<Replacement> replacements, Func<string, string> between)
    {
        if (replacements.Count == 0)
        {
            return between(text);
        }

        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var replacement in replacements)
        {
            result.Append(between(text[position..replacement.Start])).Append(InPlaceOf(text.Substring(replacement.Start, replacement.Length), replacement));
            position = replacement.End;
        }

        return result.Append(between(text[position..])).ToString();
    }

    private string InPlaceOf(string value, Replacement replacement) => replacement.Action switch
    {
        RuleAction.Pseudonymise => pseudonyms.PlaceholderOf(replacement.Category, value),
        RuleAction.Mask => Mask.Of(value, replacement.KeepLast),
        RuleAction.Hash => $"[{replacement.Category}:{keyedHash(ValueForm.Of(value))[..HashDigits]}]",
        RuleAction.Redact => $"[{replacement.Category}]",
        _ => throw new ArgumentOutOfRangeException(nameof(replacement), replacement.Action, "not an action that changes text"),
    };
}
