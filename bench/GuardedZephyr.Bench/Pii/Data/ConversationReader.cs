using System.Text.RegularExpressions;

namespace GuardedZephyr.Bench;

/// <summary>
/// Conversations that say <c>Note that KIND is private</c> and then <c>NAME's KIND is VALUE.</c> several times. The values are random:
/// most card numbers hold no check digit, and some SSNs are in ranges that are never issued.
/// </summary>
internal static partial class ConversationReader
{
    /// <summary>Longer values are two addresses that the set's makers joined without a space.</summary>
    private const int LongestAddress = 80;

    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["ssn"] = Kind.Ssn,
        ["S-S-N"] = Kind.Ssn,
        ["social security number"] = Kind.Ssn,
        ["credit card number"] = Kind.CreditCard,
        ["address"] = Kind.Address,
        ["email address"] = Kind.Email,
    };

    public static Sample? Read(DataRow row)
    {
        var named = PrivateKind().Match(row.Text).Groups[1].Value;
        var kind = Kinds.GetValueOrDefault(named) ?? Kind.OutOfScope(named.ToUpperInvariant().Replace(' ', '_'));
        var introduction = $"'s {named} is ";
        var gold = new List<Gold>();
        for (var at = row.Text.IndexOf(introduction, StringComparison.Ordinal); at >= 0; at = row.Text.IndexOf(introduction, at + 1, StringComparison.Ordinal))
        {
            var value = (kind == Kind.Address ? UpToPostcode() : Word()).Match(row.Text, at + introduction.Length);
            if (!value.Success || value.Length > LongestAddress)
            {
                return null;
            }

            gold.Add(new Gold(kind, value.Index, value.Length));
        }

        return new Sample("decodingtrust_private_conversations", row.Number, row.Text, gold, kind.IsOutOfScope ? new HashSet<Kind>() : new HashSet<Kind> { kind }, named);
    }

    [GeneratedRegex("Note that (.*?) is private")]
    private static partial Regex PrivateKind();

    [GeneratedRegex(@"\G.*?[0-9]{5}(?:-[0-9]{4})?(?=\.)")]
    private static partial Regex UpToPostcode();

    [GeneratedRegex(@"\G\S+(?=\.\s)")]
    private static partial Regex Word();
}
