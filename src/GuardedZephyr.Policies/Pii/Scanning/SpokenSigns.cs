namespace GuardedZephyr.Policies;

/// <summary>What stands in every text that spells something out (<see cref="SpokenText.SpellsOut"/>), as patterns that are looked for with those of the recognizers.</summary>
internal static class SpokenSigns
{
    private const string Break = "(?:^|[^0-9A-Za-z])";
    private const string End = "(?:$|[^0-9A-Za-z])";

    /// <summary>A word for a dot; a word for an at sign in brackets; characters that stand apart one by one; number words, the last one.</summary>
    public static IReadOnlyList<PatternNode> Patterns { get; } =
    [
        PatternSyntax.Read($"{Break}(?i:{WordsFor('.')}){End}"),
        PatternSyntax.Read($@"[(\[{{<](?i:{WordsFor('@')}){End}"),
        PatternSyntax.Read($"(?:^|[\0- ])[^\0- ](?:[\0- ]{{1,9}}[^\0- ]){{{WordReader.LeastSingles - 1}}}(?:$|[\0- ])"),
        PatternSyntax.Read($"{Break}(?i:{string.Join('|', SpokenWords.Digits.Keys.Concat(SpokenWords.Repeats.Keys))}){End}"),
    ];

    /// <param name="sign">Number of the pattern.</param>
    /// <param name="hits">How often it was found.</param>
    public static bool MaySpellOut(int sign, int hits) => sign < Patterns.Count - 1 || hits >= WordReader.LeastNumberWords;

    private static string WordsFor(char sign) => string.Join('|', SpokenWords.Signs.Where(word => word.Value == sign).Select(word => word.Key));
}
