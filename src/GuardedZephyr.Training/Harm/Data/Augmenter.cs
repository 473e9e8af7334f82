namespace GuardedZephyr.Training.Harm;

/// <summary>Changes a text in ways that leave its labels: harmless text beside it, missing words, typing errors, letters in disguise.</summary>
internal sealed class Augmenter(IReadOnlyList<string> harmless)
{
    private const double Mixed = 0.2;
    private const double Thinned = 0.35;
    private const double Misspelt = 0.08;
    private const double Disguised = 0.04;

    /// <summary>A text that is longer stays alone.</summary>
    private const int LongestMixed = 400;

    public string Change(string text, Random random)
    {
        if (random.NextDouble() < Disguised)
        {
            text = Disguise(text, random);
        }

        if (random.NextDouble() < Misspelt)
        {
            text = string.Join(' ', text.Split(' ').Select(word => word.Length > 3 && random.Next(6) == 0 ? Misspell(word, random) : word));
        }

        if (random.NextDouble() < Thinned)
        {
            var words = text.Split(' ');
            if (words.Length > 5)
            {
                text = string.Join(' ', words.Where(_ => random.Next(10) != 0));
            }
        }

        if (text.Length < LongestMixed && random.NextDouble() < Mixed)
        {
            var other = harmless[random.Next(harmless.Count)];
            text = random.Next(2) == 0 ? $"{other} {text}" : $"{text} {other}";
        }

        return text;
    }

    private static string Misspell(string word, Random random)
    {
        var at = random.Next(word.Length - 1);
        return random.Next(3) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, word[at].ToString()),
            _ => $"{word[..at]}{word[at + 1]}{word[at]}{word[(at + 2)..]}",
        };
    }

    /// <summary>Digits and signs for letters, stars inside words: what the matching surface does not undo.</summary>
    private static string Disguise(string text, Random random)
    {
        var kind = random.Next(3);
        return string.Join(' ', text.Split(' ').Select(word => random.Next(3) > 0 || word.Length < 3 ? word : kind switch
        {
            0 => word.Replace('o', '0').Replace('e', '3').Replace('i', '1').Replace('a', '4'),
            1 => word.Remove(1, 1).Insert(1, "*"),
            _ => word, // letters alone, as often as each disguise
        }));
    }
}
