using System.Text;

namespace GuardedZephyr.Policies;

/// <summary>
/// A phrase as people write it down: words, <c>{name}</c> for one of a list, <c>...</c> for up to five words of any kind. Words are whole words in any case; what
/// it costs to match is bounded by the phrase, not by the text.
/// </summary>
internal sealed class Phrase
{
    private const string Gap = "...";
    private const int LongestGap = 5;

    private readonly IReadOnlyList<Part> _parts;

    private Phrase(IReadOnlyList<Part> parts) => _parts = parts;

    /// <summary>One of them stands where the phrase starts.</summary>
    public IEnumerable<string> FirstWords => _parts[0].Choices.Keys;

    /// <exception cref="FormatException">The phrase cannot be used; the message says why.</exception>
    public static Phrase Parse(string text, IReadOnlyDictionary<string, IReadOnlyList<string>> lists)
    {
        var written = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (written.Length == 0 || written[0] == Gap || written[^1] == Gap)
        {
            throw new FormatException($"a phrase starts and ends with a word, not with '{Gap}'");
        }

        return new Phrase([.. written.Select(part => part == Gap ? Part.Gap : Part.OneOf(part[0] == '{' ? ListOf(part, lists) : [part]))]);
    }

    /// <summary>The words in lower case; what is neither letter nor digit parts them, but for apostrophes, which are left out.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
            {
                word.Append(char.ToLowerInvariant(character));
            }
            else if (character is not ('\'' or '’') && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    public bool IsAt(IReadOnlyList<string> words, int start) => IsAt(words, start, 0);

    private bool IsAt(IReadOnlyList<string> words, int start, int index)
    {
        if (index == _parts.Count)
        {
            return true;
        }

        var part = _parts[index];
        if (part.IsGap)
        {
            for (var skipped = 0; skipped <= LongestGap; skipped++)
            {
                if (IsAt(words, start + skipped, index + 1))
                {
                    return true;
                }
            }

            return false;
        }

        return start < words.Count && part.Choices.TryGetValue(words[start], out var choices) && choices.Any(choice => Stands(choice, words, start) && IsAt(words, start + choice.Count, index + 1));
    }

    private static bool Stands(IReadOnlyList<string> choice, IReadOnlyList<string> words, int start)
    {
        if (choice.Count > words.Count - start)
        {
            return false;
        }

        for (var index = 0; index < choice.Count; index++)
        {
            if (choice[index] != words[start + index])
            {
                return false;
            }
        }

        return true;
    }

    private static IReadOnlyList<string> ListOf(string part, IReadOnlyDictionary<string, IReadOnlyList<string>> lists) =>
        part[^1] == '}' && lists.TryGetValue(part[1..^1], out var words)
            ? words
            : throw new FormatException($"there is no list '{part.Trim('{', '}')}' under 'words'; known are {(lists.Count == 0 ? "none" : string.Join(", ", lists.Keys))}");

    /// <param name="Choices">Sequences of words by their first; none for a gap.</param>
    private sealed record Part(IReadOnlyDictionary<string, IReadOnlyList<string>[]> Choices)
    {
        public static readonly Part Gap = new(new Dictionary<string, IReadOnlyList<string>[]>());

        public bool IsGap => Choices.Count == 0;

        public static Part OneOf(IEnumerable<string> texts) => new(texts
            .Select(text => Words(text) is { Count: > 0 } words ? words : throw new FormatException("a phrase is made of words, with a letter or digit in each"))
            .GroupBy(words => words[0]).ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal));
    }
}
