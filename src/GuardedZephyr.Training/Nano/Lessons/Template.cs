using System.Globalization;
using System.Text.RegularExpressions;

namespace GuardedZephyr.Training.Nano.Lessons;

/// <summary>
/// A sentence with places: {key} and {1}, {2} ... of the item, and {name} for a word of that slot (the same word in question and reply;
/// {name-b}, {name-c} for others of it). A shape may follow: {key:a} with its article, {key:A} so at the start of a sentence,
/// {key:capital} or {key:spelled}.
/// </summary>
internal static partial class Template
{
    public static string Fill(string template, KeyValuePair<string, List<string>> item, Func<string, string> slot) => Places().Replace(template, place =>
    {
        var name = place.Groups[1].Value;
        var word = name switch
        {
            "key" => item.Key,
            _ when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => item.Value[number - 1],
            _ => slot(name),
        };
        return Shape(word, place.Groups[2].Value);
    });

    private static string Shape(string word, string shape) => shape switch
    {
        "" => word,
        "a" => WithArticle(word),
        "A" => Capital(WithArticle(word)),
        "capital" => Capital(word),
        "spelled" => string.Join('-', word.ToUpperInvariant().ToCharArray()),
        _ => throw new FormatException($"A lesson's template uses the unknown shape '{shape}'."),
    };

    private static string WithArticle(string word) => ("aeiou".Contains(word[0], StringComparison.OrdinalIgnoreCase) ? "an " : "a ") + word;

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    [GeneratedRegex(@"\{([a-z0-9-]+)(?::([A-Za-z]+))?\}")]
    private static partial Regex Places();
}
