namespace GuardedZephyr.Training.Harm;

/// <summary>The -ing form of a verb phrase in base form, by the rules of English spelling; irregular stress ("begin") is not known.</summary>
internal static class Gerund
{
    private const string Vowels = "aeiou";

    public static string Of(string phrase)
    {
        var space = phrase.IndexOf(' ', StringComparison.Ordinal);
        var (verb, rest) = space < 0 ? (phrase, "") : (phrase[..space], phrase[space..]);
        return verb.Length < 2 ? phrase : Form(verb) + rest;
    }

    private static string Form(string verb) => verb switch
    {
        "be" => "being",
        _ when verb.EndsWith("ie", StringComparison.Ordinal) => verb[..^2] + "ying",
        _ when verb[^1] == 'e' && verb[^2] is not ('e' or 'o' or 'y') => verb[..^1] + "ing",
        _ when Doubles(verb) => verb + verb[^1] + "ing",
        _ => verb + "ing",
    };

    /// <summary>One syllable of consonants, one vowel and one consonant: get, stab, plan.</summary>
    private static bool Doubles(string verb) =>
        verb.Length is >= 3 and <= 5 && verb[^1] is not ('w' or 'x' or 'y') && !Vowels.Contains(verb[^1]) && Vowels.Contains(verb[^2]) && verb.Count(Vowels.Contains) == 1;
}
