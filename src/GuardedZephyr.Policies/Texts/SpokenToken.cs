namespace GuardedZephyr.Policies;

/// <summary>A word of a surface, or a sign that stands alone, and what it may be when it is said.</summary>
/// <param name="Start">Offset in the surface.</param>
/// <param name="Digit">0 to 9 for a number word or a digit that stands alone; else NUL.</param>
/// <param name="Sign">What a word such as "dot" stands for; else NUL.</param>
/// <param name="Repeat">2 or 3 for "double" and "triple"; else 0.</param>
/// <param name="IsOh">"o" or "oh", which is a zero beside digits.</param>
internal readonly record struct SpokenToken(int Start, int End, char Digit, char Sign, int Repeat, bool IsOh)
{
    private const string Trimmed = ".'_+@";

    public bool IsSingle => End - Start == 1;

    public static List<SpokenToken> Split(string surface)
    {
        var tokens = new List<SpokenToken>();
        for (var index = 0; index < surface.Length;)
        {
            var start = index;
            while (index < surface.Length && (char.IsLetterOrDigit(surface[index]) || Trimmed.Contains(surface[index])))
            {
                index++;
            }

            if (index > start)
            {
                tokens.Add(Read(surface, start, index));
            }

            index++;
        }

        return tokens;
    }

    private static SpokenToken Read(string surface, int start, int end)
    {
        while (end - start > 1 && surface[end - 1] is '.' or '\'')
        {
            end--;
        }

        var word = surface.AsSpan(start, end - start);
        var digit = word.Length == 1 && char.IsAsciiDigit(word[0]) ? word[0] : SpokenWords.Digits.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var said) ? said : '\0';
        var sign = SpokenWords.Signs.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var meant) ? meant : '\0';
        var repeat = SpokenWords.Repeats.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var times) ? times : 0;
        var isOh = word.Equals("o", StringComparison.OrdinalIgnoreCase) || word.Equals("oh", StringComparison.OrdinalIgnoreCase);
        return new SpokenToken(start, end, digit, sign, repeat, isOh);
    }
}
