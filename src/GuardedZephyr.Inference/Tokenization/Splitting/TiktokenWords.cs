namespace GuardedZephyr.Inference.Tokenization;

/// <summary>
/// <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>, which matches
/// everywhere. GPT-4 takes three digits at a time, Arcade100k (StableLM 2) one.
/// </summary>
internal sealed class TiktokenWords(int digits) : SplitPattern
{
    public override (int Start, int Length) Next(ReadOnlySpan<char> text, int from) => from < text.Length ? (from, End(text, from) - from) : (from, 0);

    private int End(ReadOnlySpan<char> text, int at)
    {
        var end = Gpt2Words.Contraction(text, at, StringComparison.OrdinalIgnoreCase);
        if (end > at)
        {
            return end;
        }

        var kind = CharacterKinds.At(text, at, out var length);
        return kind switch
        {
            CharacterKind.Number => Number(text, at),
            CharacterKind.Letter => CharacterKinds.EndOfRun(text, at, CharacterKind.Letter),
            _ when text[at] is not ('\r' or '\n') && CharacterKinds.EndOfRun(text, at + length, CharacterKind.Letter) is var word && word > at + length => word,
            CharacterKind.Other => Marks(text, at),
            _ when text[at] == ' ' && Marks(text, at + 1) is var marks && marks > at + 1 => marks,
            _ => Space(text, at),
        };
    }

    private int Number(ReadOnlySpan<char> text, int at)
    {
        for (var count = 0; count < digits && at < text.Length && CharacterKinds.At(text, at, out var length) == CharacterKind.Number; count++)
        {
            at += length;
        }

        return at;
    }

    /// <returns>The place itself where there are none.</returns>
    private static int Marks(ReadOnlySpan<char> text, int at)
    {
        var end = CharacterKinds.EndOfRun(text, at, CharacterKind.Other);
        if (end > at)
        {
            while (end < text.Length && text[end] is '\r' or '\n')
            {
                end++;
            }
        }

        return end;
    }

    private static int Space(ReadOnlySpan<char> text, int at)
    {
        var lines = text[at..CharacterKinds.EndOfRun(text, at, CharacterKind.Space)].LastIndexOfAny('\r', '\n');
        return lines >= 0 ? at + lines + 1 : Gpt2Words.WhiteSpace(text, at);
    }
}
