using CsCheck;
using GuardedZephyr.Policies;

namespace GuardedZephyr.Tests.Policies;

/// <summary>Patterns of every kind that packs may hold, and texts in which they match now and then.</summary>
internal static class PatternGen
{
    public static readonly Gen<string> Text =
        Gen.OneOf("a", "b", "c", "A", "B", "k", "K", "1", "2", "-", " ", ".", "\n", "é", "É", "\u212A", "ß", "中", "½", "_", "aB1", "aa", "11").Array[0, 30].Select(string.Concat);

    private static readonly Gen<string> Edge = Gen.OneOf(@"\b", @"\B", "^", "$", "(?m:^)", "(?m:$)", @"\z", @"\Z", @"\A");

    private static readonly Gen<string> Character = Gen.OneOf(
        "a", "B", "1", "-", " ", @"\.", "[ab]", "[a-c0-9]", "[^a]", "[^0-9A-Za-z]", @"\d", @"\w", @"\s", @"[^\p{L}1]", @"\p{Lu}", "é", "k", "[a-z-[b]]", @"\u0041", "(?:^|[^1])", "(?:$|-)");

    private static readonly Gen<string> Count = Gen.Frequency((6, ""), (1, "?"), (1, "??"), (1, "{2}"), (1, "{0,3}"), (1, "{1,9}"), (1, "{0,7}?"));

    /// <summary>Bounded, and never empty.</summary>
    public static readonly Gen<RecognizerPattern> Pattern = Gen.Select(Parts(depth: 2), Parts(depth: 1), Parts(depth: 0), Gen.Bool)
        .Select((before, value, behind, hasValue) => hasValue ? $"{before}(?<value>{value}){behind}" : value)
        .Where(IsRead)
        .Select(regex => new RecognizerPattern(regex, regex, 0.5, needsContext: false))
        .Where(pattern => pattern.Length is { Min: > 0, Max: < 120 });

    private static bool IsRead(string regex)
    {
        try
        {
            PatternSyntax.Read(regex);
            return true;
        }
        catch (NotSupportedException)
        {
            return false; // something that may be empty is repeated
        }
    }

    private static Gen<string> Parts(int depth)
    {
        var part = depth == 0 ? Character : Gen.Frequency(
            (4, Character),
            (2, Parts(depth - 1).Select(inner => $"(?:{inner})")),
            (1, Parts(depth - 1).Select(inner => $"(?i:{inner})")),
            (1, Gen.Select(Parts(depth - 1), Parts(depth - 1), (one, other) => $"(?:{one}|{other})")));
        return Gen.Frequency((8, Gen.Select(part, Count, (atom, count) => atom + count)), (1, Edge)).Array[1, 4].Select(string.Concat);
    }
}
